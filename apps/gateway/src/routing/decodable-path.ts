/**
 * The URL, with every `%` of a path that does not decode taken literally. The router would answer such a path itself,
 * before credentials are looked at and in another form; this way it is a path that is not there, like any other.
 */
export function decodablePath(url: string): string {
  if (!url.includes('%')) return url;
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length);
  }
}
