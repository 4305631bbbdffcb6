import { roles, type Role } from '../settings-queries';
import settings from '../settings.module.css';
import { roleWords } from './role-words';

interface RoleChoiceProps {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
  readonly autoFocus?: boolean;
}

/** One of the three roles, each with what it may do. */
export function RoleChoice({ value, onChange, autoFocus }: RoleChoiceProps) {
  return (
    <fieldset className={settings.choices}>
      <legend>Role</legend>
      {roles.map((role) => (
        <label key={role} className={settings.choice}>
          <input
            type="radio"
            name="role"
            checked={role === value}
            autoFocus={autoFocus && role === value}
            onChange={() => onChange(role)}
          />
          <span>
            {roleWords[role].name}
            <span className={settings.small}>{roleWords[role].may}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
