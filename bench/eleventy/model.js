// The dossier that is built: the folder stands in the environment, since Eleventy takes no arguments of its own.

import { Dossier } from "./dossier.js";

export let dossier = new Dossier(process.env.DOSSIER_ROOT);

// A watcher builds again in the same process: all but the first build read anew.
let isFresh = true;

export function refresh() {
  if (!isFresh) dossier = new Dossier(process.env.DOSSIER_ROOT);
  isFresh = false;
}
