// Eleventy, with its fastest templates: JavaScript functions that return the whole page, without layouts.

import { refresh } from "./model.js";

export default function (config) {
  config.setQuietMode(true);
  config.setFreezeReservedData(false);
  config.setDataDeepMerge(false);
  config.addPassthroughCopy({ [process.env.DOSSIER_STYLES]: "assets" });
  config.addWatchTarget(`${process.env.DOSSIER_ROOT}/data/`);
  config.on("eleventy.before", refresh);
  return { dir: { input: "pages", output: process.env.DOSSIER_OUTPUT }, templateFormats: ["11ty.js"] };
}
