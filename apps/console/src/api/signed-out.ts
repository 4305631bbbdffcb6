import { createStore } from '../live/store';

/** Whether the API said that nobody is signed in any more; the shell then asks to sign in again. */
export const signedOut = createStore(false);

export const noteSignedOut = (): void => signedOut.set(true);
