// What the form is made of: written by the build from the data model, so that no key, pattern or limit stands here.
const FORM = globalThis.draftForm;
const KNOWN = globalThis.draftIds;
const HIDDEN = new RegExp(FORM.hidden, 'gu');
const whole = pattern => new RegExp(`^(?:${pattern})$`, 'us');
const SHAPES = Object.fromEntries(Object.entries(FORM.shapes).map(([name, shape]) => [name, whole(shape.p)]));
const RESERVED = whole(FORM.reserved);
const POINT = whole(FORM.point);
const say = (name, values = {}) => FORM.say[name].replace(/%\((\w+)\)s/g, (blank, key) => values[key] ?? blank);
