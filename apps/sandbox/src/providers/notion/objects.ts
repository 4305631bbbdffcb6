import * as words from '../../data/words.js';
import { idOf, minute, type Stream, type Workspace } from './workspace.js';

/** An object's JSON under Notion-Version 2025-09-03. */
export function render(workspace: Workspace, stream: Stream, index: number): Record<string, unknown> {
  const state = workspace.collection(stream).state(index)!;
  const fields = workspace.fields(stream, index);
  const userCount = Math.max(1, workspace.collection('users').size);
  const person = (field: number) => ({ object: 'user', id: idOf('users', fields.int(field, userCount)) });
  const revised = (text: string) => (state.version === 0 ? text : `${text} (rev ${state.version})`);
  const rich = (text: string) => [
    {
      type: 'text',
      text: { content: text, link: null },
      annotations: {
        bold: false, italic: false, strikethrough: false, underline: false, code: false, color: 'default',
      },
      plain_text: text,
      href: null,
    },
  ]; // prettier-ignore
  const common = {
    id: idOf(stream, index),
    created_time: minute(state.createdAt),
    last_edited_time: minute(workspace.editedAt(stream, index)),
    created_by: person(1),
    last_edited_by: person(2),
    archived: state.deletedAt !== null,
    in_trash: state.deletedAt !== null,
  };
  const title = revised(fields.pick(3, words.subjects));
  const url = `https://www.notion.so/${common.id.replaceAll('-', '')}`;
  const sources = Math.max(1, workspace.collection('data_sources').size);
  const databases = Math.max(1, workspace.collection('databases').size);
  switch (stream) {
    case 'pages':
    case 'rows': {
      const source = index % sources;
      return {
        object: 'page',
        ...common,
        is_locked: false,
        icon: fields.chance(4, 40) ? { type: 'emoji', emoji: '🦄' } : null,
        cover: null,
        url,
        public_url: null,
        parent:
          stream === 'pages'
            ? { type: 'workspace', workspace: true }
            : {
                type: 'data_source_id',
                data_source_id: idOf('data_sources', source),
                database_id: idOf('databases', source % databases),
              },
        properties: { Name: { id: 'title', type: 'title', title: rich(title) } },
      };
    }
    case 'data_sources':
      return {
        object: 'data_source',
        ...common,
        title: rich(title),
        description: [],
        parent: { type: 'database_id', database_id: idOf('databases', index % databases) },
        database_parent: { type: 'workspace', workspace: true },
        is_inline: false,
        icon: null,
        cover: null,
        url,
        public_url: null,
        properties: { Name: { id: 'title', name: 'Name', type: 'title', title: {} } },
      };
    case 'databases':
      return {
        object: 'database',
        ...common,
        title: rich(title),
        description: [],
        parent: { type: 'workspace', workspace: true },
        is_inline: false,
        is_locked: false,
        icon: null,
        cover: null,
        url,
        public_url: null,
        data_sources: Array.from({ length: sources }, (_, i) => i)
          .filter((i) => i % databases === index)
          .map((i) => ({ id: idOf('data_sources', i), name: `Source ${i}` })),
      };
    case 'blocks': {
      const parent = workspace.parentOf(index);
      const size = workspace.collection('pages').size;
      const nests = Math.floor(index / size) % 3 === 1 && index + size < workspace.collection('blocks').end;
      const kind = nests ? 'toggle' : 'paragraph';
      // One in fifty is somebody's pasted log file.
      const text = revised(fields.pick(3, words.sentences)).repeat(fields.chance(5, 2) ? 900 : 1);
      return {
        object: 'block',
        ...common,
        parent:
          'block' in parent
            ? { type: 'block_id', block_id: idOf('blocks', parent.block) }
            : { type: 'page_id', page_id: idOf('pages', parent.page) },
        has_children: nests,
        type: kind,
        [kind]: { rich_text: rich(text), color: 'default' },
      };
    }
    case 'users':
      return {
        object: 'user',
        id: common.id,
        type: 'person',
        name: revised(`${fields.pick(6, words.firstNames)} ${fields.pick(7, words.lastNames)}`),
        avatar_url: null,
        person: fields.chance(8, 80) ? { email: `user.${index}@example.test` } : {},
      };
  }
}
