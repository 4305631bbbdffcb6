import { malformed } from './errors.js';

export type Literal = string | number | boolean | null | { readonly at: number };
export type Condition =
  | { readonly kind: 'compare'; readonly column: string; readonly operator: string; readonly value: Literal }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] };
export interface Soql {
  readonly columns: readonly string[];
  readonly object: string;
  readonly where?: Condition;
  readonly orderBy: readonly { readonly column: string; readonly descending: boolean }[];
  readonly limit?: number;
}

const token =
  /\s*(?:(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?)|([A-Za-z_][\w.]*)|('(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?)|(<=|>=|!=|[=<>(),]))/y;

/** The part of SOQL that clients of these stand-ins speak: one object, comparisons, AND, OR, ORDER BY, LIMIT. */
export function parseSoql(text: string): Soql {
  return new Parser(tokensOf(text)).query();
}

function tokensOf(text: string): string[] {
  const found: string[] = [];
  const trimmed = text.trimEnd();
  for (token.lastIndex = 0; token.lastIndex < trimmed.length;) {
    const at = token.lastIndex;
    const match = token.exec(trimmed);
    if (!match) throw malformed(`unexpected token: '${trimmed.slice(at, at + 10)}'`);
    found.push(match[0].trim());
  }
  return found;
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  query(): Soql {
    this.expect('SELECT');
    const columns = [this.name()];
    while (this.takes(',')) columns.push(this.name());
    this.expect('FROM');
    const object = this.name();
    const where = this.takes('WHERE') ? this.any() : undefined;
    const orderBy = [];
    if (this.takes('ORDER')) {
      this.expect('BY');
      do orderBy.push(this.order());
      while (this.takes(','));
    }
    const limit = this.takes('LIMIT') ? Number(this.next()) : undefined;
    if (this.at < this.tokens.length) throw malformed(`unexpected token: '${this.tokens[this.at]}'`);
    return { columns, object, orderBy, ...(where && { where }), ...(limit !== undefined && { limit }) };
  }

  private any(): Condition {
    const parts = [this.all()];
    while (this.takes('OR')) parts.push(this.all());
    return parts.length === 1 ? parts[0]! : { kind: 'or', parts };
  }

  private all(): Condition {
    const parts = [this.comparison()];
    while (this.takes('AND')) parts.push(this.comparison());
    return parts.length === 1 ? parts[0]! : { kind: 'and', parts };
  }

  private comparison(): Condition {
    if (this.takes('(')) {
      const inner = this.any();
      this.expect(')');
      return inner;
    }
    const column = this.name();
    const operator = this.next();
    if (!['=', '!=', '<', '<=', '>', '>='].includes(operator))
      throw malformed(`unexpected token: '${operator}'`);
    return { kind: 'compare', column, operator, value: literal(this.next()) };
  }

  private order() {
    const column = this.name();
    const descending = this.takes('DESC');
    if (!descending) this.takes('ASC');
    return { column, descending };
  }

  private name(): string {
    const text = this.next();
    if (!/^[A-Za-z_]/.test(text)) throw malformed(`unexpected token: '${text}'`);
    return text;
  }

  private next(): string {
    const text = this.tokens[this.at++];
    if (text === undefined) throw malformed('unexpected token: <EOF>');
    return text;
  }

  private takes(keyword: string): boolean {
    if (this.tokens[this.at]?.toUpperCase() !== keyword) return false;
    this.at++;
    return true;
  }

  private expect(keyword: string): void {
    if (!this.takes(keyword))
      throw malformed(`expecting ${keyword}, found '${this.tokens[this.at] ?? '<EOF>'}'`);
  }
}

/** Instants stand unquoted; a quoted one is a text, and compares with no date. */
function literal(text: string): Literal {
  if (text.startsWith("'")) return text.slice(1, -1).replace(/\\(.)/g, '$1');
  if (/^\d{4}-/.test(text)) return { at: Date.parse(text) };
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^null$/i.test(text)) return null;
  const number = Number(text);
  if (Number.isNaN(number)) throw malformed(`Bind variables only allowed in Apex code: '${text}'`);
  return number;
}
