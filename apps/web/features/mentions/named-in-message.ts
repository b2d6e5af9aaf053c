import type { Message } from '@confab/protocol';
import { createContext } from 'react';

/** The message whose text is drawn, for the names in it; `null` around texts that name nobody. */
export const NamedInMessage = createContext<Message | null>(null);
