const key = 'confab:inside-before';

/** Whether somebody was signed in on this device before: then what they will see is loaded while they are looked up. */
export function wasInside(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

export function rememberInside(): void {
  try {
    localStorage.setItem(key, '1');
  } catch {
    // Without storage it is only a little slower.
  }
}
