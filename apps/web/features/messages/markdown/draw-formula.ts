import katex from 'katex';
import 'katex/dist/katex.min.css';

/** A formula that grows without end by its own definitions stops here. */
const maxExpand = 200;
/** Nothing in it is larger than this. Em. */
const maxSize = 12;

/** Draws a formula into an element, out of elements and never out of HTML; says whether it could. */
export function drawFormula(element: HTMLElement, tex: string, displayMode: boolean): boolean {
  try {
    // Untrusted: no links, pictures, classes or styles of its own.
    katex.render(tex, element, { displayMode, trust: false, strict: 'ignore', maxExpand, maxSize });
    return true;
  } catch {
    element.replaceChildren();
    return false;
  }
}
