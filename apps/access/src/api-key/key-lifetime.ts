/** SQL: whether key `k` is neither revoked nor expired. */
export const isUsable = `k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`;
