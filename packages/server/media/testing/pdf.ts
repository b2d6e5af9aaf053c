interface PdfParts {
  /** Dictionaries of pages, instead of one with a red rectangle on it. */
  readonly pages?: readonly string[];
  /** What stands in the catalogue beside its pages. */
  readonly catalogue?: string;
  /** Further objects, from number 10 on. */
  readonly objects?: readonly string[];
  readonly drawing?: string;
}

const redRectangle = '1 0 0 rg 20 20 160 260 re f';

/** A PDF by hand (ISO 32000-1, section 7.5): the catalogue is object 1, the list of pages 2, the drawing 3, pages follow from 4. */
export function pdfOf({ pages = [''], catalogue = '', objects = [], drawing = redRectangle }: PdfParts = {}): Buffer {
  const kids = pages.map((_, index) => `${index + 4} 0 R`).join(' ');
  const bodies = new Map([
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`],
    [2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`],
    [3, `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`],
  ]);
  for (const [index, page] of pages.entries()) {
    const usual = `/Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 3 0 R`;
    bodies.set(index + 4, `<< ${page === '' ? usual : page} >>`);
  }
  for (const [index, object] of objects.entries()) bodies.set(Math.max(10, pages.length + 4) + index, object);
  let text = '%PDF-1.7\n';
  const places = new Map<number, number>();
  for (const [number, body] of bodies) {
    places.set(number, text.length);
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const count = Math.max(...bodies.keys()) + 1;
  const rows = Array.from({ length: count }, (_, number) => {
    const place = places.get(number);
    return place === undefined ? '0000000000 65535 f \n' : `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${count}\n${rows.join('')}trailer << /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
