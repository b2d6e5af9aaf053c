const layers = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
/** What stands in a composer (the text areas with suggestions) is kept over a new start; in other fields it is not. */
const unkeptFields = 'input,select,textarea:not([aria-autocomplete])';

/** Whether nobody would notice if this page started anew: nobody looks at it, and nobody is in the middle of something. */
export function isQuiet(page: Document): boolean {
  if (page.visibilityState !== 'hidden' || page.querySelector(layers) !== null) return false;
  return page.activeElement?.matches(unkeptFields) !== true;
}
