import { limits } from '@confab/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName } from './clean-name.ts';

const corpus: readonly (readonly [typed: string, cleaned: string])[] = [
  ['report.pdf', 'report.pdf'],
  ['Übersicht 2026 (final).xlsx', 'Übersicht 2026 (final).xlsx'],
  ['年度報告.docx', '年度報告.docx'],
  ['تقرير.pdf', 'تقرير.pdf'],
  ['.gitignore', '.gitignore'],
  ['a.tar.gz', 'a.tar.gz'],
  ['../../etc/passwd', '__.._etc_passwd'],
  ['/etc/passwd', '_etc_passwd'],
  ['..\\..\\windows\\system32', '__.._windows_system32'],
  ['C:\\temp\\x.txt', 'C_temp_x.txt'],
  ['..', 'file'],
  ['...', 'file'],
  ['.', 'file'],
  ['', 'file'],
  ['   ', 'file'],
  ['///', 'file'],
  ['\u0000', 'file'],
  ['a\u0000b.txt', 'a_b.txt'],
  ['a\r\nSet-Cookie: x', 'a_Set-Cookie_ x'],
  ['a"b\'c<d>e|f?g*h', "a_b'c_d_e_f_g_h"],
  ['photo\u202egpj.exe', 'photo_gpj.exe'],
  ['in\u200bvisi\ufeffble.txt', 'in_visi_ble.txt'],
  ['line\u2028and\u2029paragraph', 'line_and_paragraph'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['nul.tar.gz', '_nul.tar.gz'],
  ['COM1', '_COM1'],
  ['LPT¹.txt', '_LPT¹.txt'],
  ['CONIN$', '_CONIN$'],
  ['console.log', 'console.log'],
  ['trailing. . .', 'trailing'],
  ['trailing   ', 'trailing'],
  ['  two   spaces .txt', 'two spaces.txt'],
  ['\ud800lone.txt', '_lone.txt'],
  ['e\u0301te\u0301.txt', 'été.txt'],
  ['🎂 birthday.png', '🎂 birthday.png'],
  ['-rf', '-rf'],
  ['~', 'file'],
];

const pieces = [
  '.',
  ' ',
  '_',
  '/',
  'a',
  'con',
  'aux.',
  '\u0301',
  '😀',
  '\u202e',
  '\u0000',
  '~',
  '\u1e9b\u0323',
  'x'.repeat(50),
];
const awkward = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
const anything = fc.string({ unit: 'binary', maxLength: 1_024 });

describe('a name that is cleaned', () => {
  it.each(corpus)('%j becomes %j', (typed, cleaned) => {
    expect(cleanName(typed)).toBe(cleaned);
  });

  it('is cut in the midst of it, so that its ending still says what it is', () => {
    const cut = cleanName(`${'x'.repeat(5_000)}.tar.gz`);
    expect(cut).toHaveLength(limits.fileNameChars);
    expect(cut).toMatch(/^x+\.gz$/);
    expect(cleanName('x'.repeat(5_000))).toHaveLength(limits.fileNameChars);
    const long = cleanName(`${'😀'.repeat(2_000)}a.png`);
    expect(long).toMatch(/^(?:😀)+\.png$/u);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(240);
    expect(cleanName(`a.${'y'.repeat(300)}`)).toHaveLength(limits.fileNameChars);
  });

  it('is one that every system takes, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(anything, awkward), (typed) => {
        const cleaned = cleanName(typed);
        expect(cleaned.length).toBeGreaterThan(0);
        expect(cleaned.length).toBeLessThanOrEqual(limits.fileNameChars);
        expect(Buffer.byteLength(cleaned)).toBeLessThanOrEqual(255);
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]|^\.\.|[. ]$|^\s/u);
        expect(cleaned.isWellFormed()).toBe(true);
        expect(cleanName(cleaned)).toBe(cleaned);
      }),
      { numRuns: 3_000 },
    );
  });
});
