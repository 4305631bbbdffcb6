import { useQuery } from '@tanstack/react-query';
import { EllipsisVertical, UserMinus, UserPlus, UserRoundCog } from 'lucide-react';
import { lazy, Suspense } from 'react';

import { membersQuery, useCan, useMe, type Member } from '../api/me';
import { Button } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import { Menu } from '../ui/menu';
import { Page, Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { Table } from '../ui/table';
import { day } from '../ui/time-words';
import { platformRoleNames, roleWords } from './members/role-words';
import { NotYours } from './not-yours';
import { useDialog } from './use-dialog';
import settings from './settings.module.css';

const AddMemberDialog = lazy(() => import('./members/add-member-dialog'));
const RoleDialog = lazy(() => import('./members/role-dialog'));
const RemoveMemberDialog = lazy(() => import('./members/remove-member-dialog'));

export default function MembersPage() {
  const { data, error, refetch } = useQuery(membersQuery);
  const can = useCan();
  const { name, id, open, close } = useDialog();
  const members = data?.members ?? [];
  const mayManage = can('members.change_role');
  const about = members.find(({ user_id: userId }) => userId === id);
  return (
    <Page
      title="Members"
      lead="Who belongs to this workspace, and what their role lets them do."
      actions={
        can('members.add') && (
          <Button look="primary" icon={UserPlus} onClick={() => open('add')}>
            Add a member
          </Button>
        )
      }
    >
      {!mayManage && data && <NotYours what="Members are managed by admins." />}
      {data ? (
        <Section flush>
          <Roster members={members} mayManage={mayManage} onOpen={open} />
        </Section>
      ) : error ? (
        <ErrorNotice error={error} what="The members could not be loaded." onRetry={() => void refetch()} />
      ) : (
        <Skeleton />
      )}
      <Suspense>
        {name === 'add' && can('members.add') && <AddMemberDialog onClose={close} />}
        {name === 'role' && about && mayManage && <RoleDialog member={about} onClose={close} />}
        {name === 'remove' && about && can('members.remove') && (
          <RemoveMemberDialog member={about} onClose={close} />
        )}
      </Suspense>
    </Page>
  );
}

interface RosterProps {
  readonly members: readonly Member[];
  readonly mayManage: boolean;
  readonly onOpen: (dialog: string, userId: string) => void;
}

function Roster({ members, mayManage, onOpen }: RosterProps) {
  const me = useMe();
  const admins = members.filter(({ role }) => role === 'admin').length;
  return (
    <Table label="Members">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">E-mail</th>
          <th scope="col">Role</th>
          <th scope="col">Member since</th>
          {mayManage && (
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody className={settings.middle}>
        {members.map((member) => (
          <tr key={member.user_id}>
            <th scope="row" className={settings.wide}>
              <span className={settings.name}>
                <span dir="auto">{member.name}</span>
                {member.user_id === me.user_id && (
                  <span className={settings.tag} data-tone="accent">
                    You
                  </span>
                )}
                {member.platform_role && (
                  <span className={settings.tag}>
                    {platformRoleNames[member.platform_role] ?? member.platform_role}
                  </span>
                )}
              </span>
            </th>
            <td className={settings.wide} dir="auto">
              {member.email}
            </td>
            <td className={settings.nowrap}>{roleWords[member.role].name}</td>
            <td className={settings.nowrap}>{day(member.created_at)}</td>
            {mayManage && (
              <td className={settings.end}>
                <RowMenu
                  member={member}
                  isSelf={member.user_id === me.user_id}
                  isLastAdmin={member.role === 'admin' && admins === 1}
                  onOpen={(dialog) => onOpen(dialog, member.user_id)}
                />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

interface RowMenuProps {
  readonly member: Member;
  readonly isSelf: boolean;
  readonly isLastAdmin: boolean;
  readonly onOpen: (dialog: string) => void;
}

function RowMenu({ member, isSelf, isLastAdmin, onOpen }: RowMenuProps) {
  const unavailable = isLastAdmin ? 'The only admin: make another member admin first.' : undefined;
  return (
    <Menu
      trigger={
        <Button look="quiet" size="s" icon={EllipsisVertical} aria-label={`Actions for ${member.name}`} />
      }
      entries={() => [
        { label: 'Change role…', icon: UserRoundCog, unavailable, onSelect: () => onOpen('role') },
        'separator',
        {
          label: isSelf ? 'Leave the workspace…' : 'Remove…',
          icon: UserMinus,
          danger: true,
          unavailable,
          onSelect: () => onOpen('remove'),
        },
      ]}
    />
  );
}
