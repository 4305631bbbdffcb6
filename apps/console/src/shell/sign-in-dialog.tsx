import { useMe } from '../api/me';
import { signInUrl } from '../api/session';
import { buttonClass } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';

export default function SignInDialog({ onClose }: { readonly onClose: () => void }) {
  const { workspace } = useMe();
  return (
    <Dialog open onClose={onClose} title="Sign in again">
      <p>
        Your session has ended: it ran out, or you were signed out elsewhere. Sign in in a new tab; this page
        stays as it is and goes on by itself.
      </p>
      <DialogActions>
        <a
          className={buttonClass('primary')}
          href={signInUrl(location.pathname + location.search + location.hash, workspace.slug)}
          target="_blank"
          rel="opener"
        >
          Sign in
        </a>
      </DialogActions>
    </Dialog>
  );
}
