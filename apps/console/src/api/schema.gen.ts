// Made by `npm run console:types` from the document that the gateway serves. Do not edit.

export interface paths {
    "/api/admin/connector-cadence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How often each connector syncs
         * @description Needs the scope `platform:read`.
         */
        get: operations["admin.list_connector_cadence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/connector-cadence/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set how often a connector syncs, in every workspace and at once
         * @description Needs the scope `platform:write`.
         */
        put: operations["admin.set_connector_cadence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The keys that are not revoked, newest first: all with keys:manage, else your own
         * @description Any caller may ask.
         */
        get: operations["api_keys.list"];
        put?: never;
        /**
         * Make a key of yours; it is shown this once
         * @description Needs the scope `keys:manage`.
         */
        post: operations["api_keys.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a key for ever: any with keys:manage, else one of yours
         * @description Any caller may ask.
         */
        delete: operations["api_keys.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every write and refused write, newest first
         * @description Needs the scope `audit:read`.
         */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is connected, newest first
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.list"];
        put?: never;
        /**
         * Connect a source by its auth method
         * @description Needs the scope `connections:write`.
         */
        post: operations["connections.connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One connection, whatever its status
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.get"];
        put?: never;
        post?: never;
        /**
         * Disconnect, keeping the row, its runs and its records
         * @description Needs the scope `connections:delete`.
         */
        delete: operations["connections.disconnect"];
        options?: never;
        head?: never;
        /**
         * Rename, or set the owner of a personal connection; all or nothing
         * @description Needs the scope `connections:write`.
         */
        patch: operations["connections.update"];
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to a connection and who did it, newest first
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.list_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why the health of one connection is what it is
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.explain_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Schedule no more runs; one in flight finishes
         * @description Needs the scope `connections:write`.
         */
        post: operations["connections.pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/reconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a broken connection a new credential in place
         * @description Needs the scope `connections:write`.
         */
        post: operations["connections.reconnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What has been read from the source, deleted records included
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.list_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Schedule runs again
         * @description Needs the scope `connections:write`.
         */
        post: operations["connections.resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The history of runs, newest first
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.list_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One run with its streams
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.get_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/social": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Followers and engagement of a social account by day, and all its posts
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.get_social"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The status of one connection, to poll
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.get_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where each stream of the connector stands, in its order
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.list_streams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sync now
         * @description Needs the scope `connections:write`.
         */
        post: operations["connections.sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What can be connected
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.list_catalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow changes live, as server-sent events
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/connections/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many are connected, how they are, and which need attention
         * @description Needs the scope `connections:read`.
         */
        get: operations["connections.summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who the credential speaks for
         * @description Any caller may ask.
         */
        get: operations["me.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The members of the workspace, longest there first
         * @description Any caller may ask.
         */
        get: operations["members.list"];
        put?: never;
        /**
         * Add a member, who signs in with this e-mail address
         * @description Needs the scope `members:manage`.
         */
        post: operations["members.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a member, with their keys, sessions and ownerships
         * @description Needs the scope `members:manage`.
         */
        delete: operations["members.remove"];
        options?: never;
        head?: never;
        /**
         * Change a member’s role; their keys follow at once
         * @description Needs the scope `members:manage`.
         */
        patch: operations["members.change_role"];
        trace?: never;
    };
    "/api/platform/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What this caller can call, with input and output
         * @description Any caller may ask.
         */
        get: operations["operations.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/settings/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who has which access to each surface; null is full access for everybody
         * @description Needs the scope `settings:manage`.
         */
        get: operations["settings.get_access"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/settings/access/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give roles and members hidden, read or write access to Connections
         * @description Needs the scope `settings:manage`.
         */
        put: operations["settings.set_access"];
        post?: never;
        /**
         * Return to no policy: full access for everybody
         * @description Needs the scope `settings:manage`.
         */
        delete: operations["settings.clear_access"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/settings/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which apps the workspace has switched on
         * @description Needs the scope `settings:manage`.
         */
        get: operations["settings.get_apps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/v1/settings/apps/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Switch Connections on or off for everybody; syncing goes on
         * @description Needs the scope `settings:manage`.
         */
        put: operations["settings.set_app"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ApiKeyBody: {
            /**
             * @description How long it works; it cannot be prolonged.
             * @default never
             * @enum {string}
             */
            expires_in: "30d" | "90d" | "365d" | "never";
            name: string;
            /** @description Scopes that you hold, or the bundle `mcp_read_only`. */
            scopes: string[];
        };
        AppBody: {
            enabled: boolean;
        };
        CadenceBody: {
            /**
             * @description null: back to the connector’s default.
             * @enum {string|null}
             */
            sync_interval: "1m" | "10m" | "30m" | "1h" | "6h" | "1d" | null;
        };
        ConnectBody: {
            /** @description Of connectors with the auth method handle: a handle or a profile’s URL. */
            account_handle?: string;
            /** @description Of connectors with the auth method api_key. */
            api_key?: string;
            /** @example hubspot */
            connector_type: string;
            /** @description A label of the account. */
            display_name?: string;
            /** @description Must equal the id that the handle resolves to. */
            external_account_id?: string;
            /** @description How the connection is called; the catalog’s name by default. */
            name?: string;
        };
        MemberBody: {
            /** Format: email */
            email: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
        };
        ReconnectBody: {
            /** @description The replacement key, of connectors with the auth method api_key. */
            api_key?: string;
        };
        RoleBody: {
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
        };
        SurfacePolicyBody: {
            /** @description By user id; wins over the role’s. */
            members?: {
                [key: string]: "hidden" | "read" | "write";
            };
            roles?: {
                /** @enum {string} */
                admin: "hidden" | "read" | "write";
                /** @enum {string} */
                editor: "hidden" | "read" | "write";
                /** @enum {string} */
                viewer: "hidden" | "read" | "write";
            };
        };
        UpdateBody: {
            name?: string;
            /** @description A member; null clears it. */
            owner_user_id?: string | null;
        };
    };
    responses: {
        /** @description The state of things does not allow it, or a request with the same key is still running. */
        Conflict: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "invalid_state" | "conflict" | "owner_already_connected" | "last_admin" | "member_exists" | "idempotency_in_progress";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description The credential is valid, and may not do this. */
        Forbidden: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "app_disabled" | "surface_denied" | "missing_scope" | "not_owner" | "platform_role_required" | "csrf_failed" | "origin_not_allowed";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description The `Idempotency-Key` came with another body before. */
        IdempotencyConflict: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "idempotency_conflict";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description A fault of ours. */
        Internal: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "internal";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description Something in the request is not valid; `details.fields` names what. */
        Invalid: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "invalid_request" | "unknown_connector" | "not_connectable" | "credentials_rejected" | "handle_not_found" | "handle_unsupported" | "account_mismatch" | "owner_not_allowed" | "owner_not_member" | "unknown_scope" | "unsupported_interval";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description `Accept` leaves no room for what this answers. */
        NotAcceptable: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "not_acceptable";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description There is nothing here for this workspace: one body for unknown, foreign and malformed ids. */
        NotFound: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "not_found";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description The provider did not answer as it should. */
        ProviderUnavailable: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "provider_unavailable";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description Too many requests in this window. */
        RateLimited: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "rate_limited";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description A part of the service did not answer in time; a write may have been done. */
        Timeout: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "timeout";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description The body is larger than 64 KiB. */
        TooLarge: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "payload_too_large";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description No valid credential came with the request. */
        Unauthenticated: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "WWW-Authenticate": components["headers"]["Challenge"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "unauthenticated";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description A part of the service, or the provider’s patience, is away for the moment. */
        Unavailable: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "unavailable" | "provider_unavailable";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
        /** @description The body is not declared as JSON. */
        UnsupportedMediaType: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                traceparent: components["headers"]["Traceparent"];
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                        details?: Record<string, never>;
                        message: string;
                    };
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description How to authenticate: `Bearer`. */
        Challenge: string;
        /** @description Names these bytes, for `If-None-Match`. */
        ETag: string;
        /** @description What is left of the caller’s window, and the seconds until it ends: `"default";r=599;t=60`. */
        RateLimit: string;
        /** @description The caller’s limit: `"default";q=600;w=60`. */
        RateLimitPolicy: string;
        /** @description `true` where this answer was given before, to a request with the same key. */
        Replayed: string;
        /** @description Names this request in logs; echoed where the request brought one. */
        RequestId: string;
        /** @description Seconds after which trying again may help. */
        RetryAfter: number;
        /** @description The trace that this request belongs to (W3C Trace Context). */
        Traceparent: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "admin.list_connector_cadence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connectors: {
                            connector_type: string;
                            /** @enum {string} */
                            default_interval: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                            /** @enum {string} */
                            effective_interval: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                            override: ("1m" | "10m" | "30m" | "1h" | "6h" | "1d") | null;
                            updated_at: string | null;
                            updated_by: {
                                name: string | null;
                                user_id: string;
                            } | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "admin.set_connector_cadence": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                type: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CadenceBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connector_type: string;
                        /** @enum {string} */
                        default_interval: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                        /** @enum {string} */
                        effective_interval: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                        override: ("1m" | "10m" | "30m" | "1h" | "6h" | "1d") | null;
                        updated_at: string | null;
                        updated_by: {
                            name: string | null;
                            user_id: string;
                        } | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "api_keys.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_keys: {
                            /** Format: date-time */
                            created_at: string;
                            expires_at: string | null;
                            id: string;
                            last_used_at: string | null;
                            name: string;
                            prefix: string;
                            scopes: string[];
                            user_id: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "api_keys.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        expires_at: string | null;
                        id: string;
                        key: string;
                        last_used_at: string | null;
                        name: string;
                        prefix: string;
                        scopes: string[];
                        user_id: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "api_keys.revoke": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        status: "revoked";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                /** @description What was done: an operation’s id, `session.sign_in` or `session.sign_out`. */
                action?: string;
                /** @description Id of the user who did it. */
                actor?: string;
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                /** @description Done then or later. */
                from?: string;
                limit?: number;
                outcome?: "succeeded" | "refused" | "failed";
                /** @description Id of what it was done to: a connection, a member, an API key. */
                target?: string;
                /** @description Done before. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: {
                            /** Format: date-time */
                            at: string;
                            code: string | null;
                            id: string;
                            /** @enum {string} */
                            outcome: "succeeded" | "refused" | "failed";
                            request_id: string;
                            target: string | null;
                            target_name: string | null;
                            target_type: ("connection" | "member" | "api_key" | "connector") | null;
                            what: string;
                            who: {
                                api_key_id: string | null;
                                api_key_name: string | null;
                                name: string;
                                user_id: string;
                            };
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.list": {
        parameters: {
            query?: {
                /** @description One or more of crm, calls, comms, docs, support, social, comma-separated: any of them. */
                category?: string;
                /** @description One or more types of the catalog, comma-separated: any of them. */
                connector_type?: string;
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                /** @description One or more of disconnected, needs_reauth, syncing, rate_limited, error, degraded, stale, healthy, comma-separated: any of them. */
                health?: string;
                limit?: number;
                /** @description Part of the name, the account or the handle, in any case. */
                q?: string;
                /** @description One or more of pending, connected, syncing, paused, error, disconnected, comma-separated: any of them. */
                status?: string;
            };
            header?: {
                /** @description The `ETag` of what you have. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connections: {
                            account_label: string | null;
                            /** @enum {string} */
                            auth_method: "oauth" | "api_key" | "handle";
                            /** @enum {string} */
                            category: "crm" | "calls" | "comms" | "docs" | "support" | "social";
                            connector_type: string;
                            /** Format: date-time */
                            created_at: string;
                            created_by: {
                                name: string | null;
                                user_id: string;
                            };
                            display_name?: string | null;
                            external_account_id?: string | null;
                            handle?: string | null;
                            /** @enum {string} */
                            health: "disconnected" | "needs_reauth" | "syncing" | "rate_limited" | "error" | "degraded" | "stale" | "healthy";
                            id: string;
                            is_syncing: boolean;
                            last_error: {
                                /** Format: date-time */
                                at: string;
                                message: string;
                                /** @enum {string} */
                                reason: "auth" | "config" | "rate_limit" | "transient" | "unknown";
                            } | null;
                            last_run: {
                                error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                                finished_at: string | null;
                                id: string;
                                records_written: number;
                                /** Format: date-time */
                                started_at: string;
                                /** @enum {string} */
                                status: "running" | "completed" | "failed" | "partial" | "skipped_locked";
                                streams_done: number;
                                streams_failed: number;
                                streams_total: number;
                            } | null;
                            last_synced_at: string | null;
                            name: string;
                            next_sync_at: string | null;
                            owner_user_id: string | null;
                            /** @enum {string} */
                            ownership: "workspace" | "personal";
                            pending_until: string | null;
                            stale_at: string | null;
                            /** @enum {string} */
                            status: "pending" | "connected" | "syncing" | "paused" | "error" | "disconnected";
                            /** @enum {string} */
                            sync_interval: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What you have is what there is. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.connect": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        authorize_url?: string;
                        connection: {
                            account_label?: string | null;
                            /** @enum {string} */
                            auth_method?: "oauth" | "api_key" | "handle";
                            /** @enum {string} */
                            category?: "crm" | "calls" | "comms" | "docs" | "support" | "social";
                            connector_type: string;
                            /** Format: date-time */
                            created_at?: string;
                            created_by?: {
                                name: string | null;
                                user_id: string;
                            };
                            display_name?: string | null;
                            external_account_id?: string | null;
                            handle?: string | null;
                            /** @enum {string} */
                            health: "disconnected" | "needs_reauth" | "syncing" | "rate_limited" | "error" | "degraded" | "stale" | "healthy";
                            id: string;
                            is_syncing: boolean;
                            last_error?: {
                                /** Format: date-time */
                                at: string;
                                message: string;
                                /** @enum {string} */
                                reason: "auth" | "config" | "rate_limit" | "transient" | "unknown";
                            } | null;
                            last_run?: {
                                error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                                finished_at: string | null;
                                id: string;
                                records_written: number;
                                /** Format: date-time */
                                started_at: string;
                                /** @enum {string} */
                                status: "running" | "completed" | "failed" | "partial" | "skipped_locked";
                                streams_done: number;
                                streams_failed: number;
                                streams_total: number;
                            } | null;
                            last_synced_at?: string | null;
                            name?: string;
                            next_sync_at?: string | null;
                            owner_user_id?: string | null;
                            /** @enum {string} */
                            ownership?: "workspace" | "personal";
                            pending_until?: string | null;
                            stale_at?: string | null;
                            /** @enum {string} */
                            status: "pending" | "connected" | "syncing" | "paused" | "error" | "disconnected";
                            /** @enum {string} */
                            sync_interval?: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                        };
                        /** @enum {string} */
                        mode: "connected" | "oauth_redirect" | "already_connected";
                    };
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    /** @description The row that was made. */
                    Location?: string;
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        authorize_url?: string;
                        connection: {
                            account_label?: string | null;
                            /** @enum {string} */
                            auth_method?: "oauth" | "api_key" | "handle";
                            /** @enum {string} */
                            category?: "crm" | "calls" | "comms" | "docs" | "support" | "social";
                            connector_type: string;
                            /** Format: date-time */
                            created_at?: string;
                            created_by?: {
                                name: string | null;
                                user_id: string;
                            };
                            display_name?: string | null;
                            external_account_id?: string | null;
                            handle?: string | null;
                            /** @enum {string} */
                            health: "disconnected" | "needs_reauth" | "syncing" | "rate_limited" | "error" | "degraded" | "stale" | "healthy";
                            id: string;
                            is_syncing: boolean;
                            last_error?: {
                                /** Format: date-time */
                                at: string;
                                message: string;
                                /** @enum {string} */
                                reason: "auth" | "config" | "rate_limit" | "transient" | "unknown";
                            } | null;
                            last_run?: {
                                error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                                finished_at: string | null;
                                id: string;
                                records_written: number;
                                /** Format: date-time */
                                started_at: string;
                                /** @enum {string} */
                                status: "running" | "completed" | "failed" | "partial" | "skipped_locked";
                                streams_done: number;
                                streams_failed: number;
                                streams_total: number;
                            } | null;
                            last_synced_at?: string | null;
                            name?: string;
                            next_sync_at?: string | null;
                            owner_user_id?: string | null;
                            /** @enum {string} */
                            ownership?: "workspace" | "personal";
                            pending_until?: string | null;
                            stale_at?: string | null;
                            /** @enum {string} */
                            status: "pending" | "connected" | "syncing" | "paused" | "error" | "disconnected";
                            /** @enum {string} */
                            sync_interval?: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                        };
                        /** @enum {string} */
                        mode: "connected" | "oauth_redirect" | "already_connected";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            502: components["responses"]["ProviderUnavailable"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_label: string | null;
                        /** @enum {string} */
                        auth_method: "oauth" | "api_key" | "handle";
                        /** @enum {string} */
                        category: "crm" | "calls" | "comms" | "docs" | "support" | "social";
                        connector_type: string;
                        /** Format: date-time */
                        created_at: string;
                        created_by: {
                            name: string | null;
                            user_id: string;
                        };
                        display_name?: string | null;
                        external_account_id?: string | null;
                        handle?: string | null;
                        /** @enum {string} */
                        health: "disconnected" | "needs_reauth" | "syncing" | "rate_limited" | "error" | "degraded" | "stale" | "healthy";
                        id: string;
                        is_syncing: boolean;
                        last_error: {
                            /** Format: date-time */
                            at: string;
                            message: string;
                            /** @enum {string} */
                            reason: "auth" | "config" | "rate_limit" | "transient" | "unknown";
                        } | null;
                        last_run: {
                            error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                            finished_at: string | null;
                            id: string;
                            records_written: number;
                            /** Format: date-time */
                            started_at: string;
                            /** @enum {string} */
                            status: "running" | "completed" | "failed" | "partial" | "skipped_locked";
                            streams_done: number;
                            streams_failed: number;
                            streams_total: number;
                        } | null;
                        last_synced_at: string | null;
                        name: string;
                        next_sync_at: string | null;
                        owner_user_id: string | null;
                        /** @enum {string} */
                        ownership: "workspace" | "personal";
                        pending_until: string | null;
                        stale_at: string | null;
                        /** @enum {string} */
                        status: "pending" | "connected" | "syncing" | "paused" | "error" | "disconnected";
                        /** @enum {string} */
                        sync_interval: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                    };
                };
            };
            /** @description What you have is what there is. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.disconnect": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        status: "pending" | "connected" | "syncing" | "paused" | "error" | "disconnected";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connector_type: string;
                        id: string;
                        name: string;
                        owner_user_id: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.list_activity": {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: {
                            actor: {
                                name: string | null;
                                user_id: string;
                            } | null;
                            /** Format: date-time */
                            at: string;
                            id: string;
                            run_id?: string;
                            /** @description One sentence for people. */
                            summary: string;
                            trace_id?: string;
                            /** @enum {string} */
                            type: "requested" | "connected" | "renamed" | "owner_set" | "owner_cleared" | "sync_requested" | "paused" | "resumed" | "credentials_refused" | "credentials_replaced" | "reconnect_started" | "reconnect_expired" | "reconnected" | "disconnected" | "revived" | "run_finished";
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.explain_health": {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        health: "disconnected" | "needs_reauth" | "syncing" | "rate_limited" | "error" | "degraded" | "stale" | "healthy";
                        rungs: {
                            because: string;
                            /** @enum {string} */
                            health: "disconnected" | "needs_reauth" | "syncing" | "rate_limited" | "error" | "degraded" | "stale" | "healthy";
                            holds: boolean;
                        }[];
                        since: string | null;
                    };
                };
            };
            /** @description What you have is what there is. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.pause": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        status: "pending" | "connected" | "syncing" | "paused" | "error" | "disconnected";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.reconnect": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReconnectBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        authorize_url?: string;
                        connection?: {
                            account_label?: string | null;
                            /** @enum {string} */
                            auth_method?: "oauth" | "api_key" | "handle";
                            /** @enum {string} */
                            category?: "crm" | "calls" | "comms" | "docs" | "support" | "social";
                            connector_type: string;
                            /** Format: date-time */
                            created_at?: string;
                            created_by?: {
                                name: string | null;
                                user_id: string;
                            };
                            display_name?: string | null;
                            external_account_id?: string | null;
                            handle?: string | null;
                            /** @enum {string} */
                            health: "disconnected" | "needs_reauth" | "syncing" | "rate_limited" | "error" | "degraded" | "stale" | "healthy";
                            id: string;
                            is_syncing: boolean;
                            last_error?: {
                                /** Format: date-time */
                                at: string;
                                message: string;
                                /** @enum {string} */
                                reason: "auth" | "config" | "rate_limit" | "transient" | "unknown";
                            } | null;
                            last_run?: {
                                error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                                finished_at: string | null;
                                id: string;
                                records_written: number;
                                /** Format: date-time */
                                started_at: string;
                                /** @enum {string} */
                                status: "running" | "completed" | "failed" | "partial" | "skipped_locked";
                                streams_done: number;
                                streams_failed: number;
                                streams_total: number;
                            } | null;
                            last_synced_at?: string | null;
                            name?: string;
                            next_sync_at?: string | null;
                            owner_user_id?: string | null;
                            /** @enum {string} */
                            ownership?: "workspace" | "personal";
                            pending_until?: string | null;
                            stale_at?: string | null;
                            /** @enum {string} */
                            status: "pending" | "connected" | "syncing" | "paused" | "error" | "disconnected";
                            /** @enum {string} */
                            sync_interval?: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                        };
                        /** @enum {string} */
                        mode: "connected" | "oauth_redirect";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            502: components["responses"]["ProviderUnavailable"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.list_records": {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                deleted?: "include" | "exclude" | "only";
                /** @description One record; without `stream`, that of each stream that has one. */
                external_id?: string;
                limit?: number;
                stream?: string;
                updated_after?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_cursor: string | null;
                        records: {
                            /** @description As the provider tells it. */
                            data: Record<string, never>;
                            deleted_at: string | null;
                            external_id: string;
                            /** Format: date-time */
                            first_seen_at: string;
                            stream: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.resume": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        status: "pending" | "connected" | "syncing" | "paused" | "error" | "disconnected";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.list_runs": {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_cursor: string | null;
                        runs: {
                            error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                            finished_at: string | null;
                            id: string;
                            records_written: number;
                            /** Format: date-time */
                            started_at: string;
                            /** @enum {string} */
                            status: "running" | "completed" | "failed" | "partial" | "skipped_locked";
                            streams_done: number;
                            streams_failed: number;
                            streams_total: number;
                            trace_id: string | null;
                            /** @enum {string} */
                            trigger: "connect" | "reconnect" | "manual" | "schedule" | "retry";
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.get_run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                        finished_at: string | null;
                        id: string;
                        records_written: number;
                        /** Format: date-time */
                        started_at: string;
                        /** @enum {string} */
                        status: "running" | "completed" | "failed" | "partial" | "skipped_locked";
                        streams: {
                            error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                            finished_at: string | null;
                            mode: ("full" | "incremental") | null;
                            records_deleted: number;
                            records_written: number;
                            requests: number;
                            resumes_at: string | null;
                            started_at: string | null;
                            /** @enum {string} */
                            status: "running" | "waiting" | "completed" | "failed" | "stopped";
                            stream: string;
                        }[];
                        streams_done: number;
                        streams_failed: number;
                        streams_total: number;
                        trace_id: string | null;
                        /** @enum {string} */
                        trigger: "connect" | "reconnect" | "manual" | "schedule" | "retry";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.get_social": {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
                limit?: number;
                /** @description Of followers and engagement. */
                range?: "7d" | "30d" | "90d";
                /** @description Of posts, which are all of the account: the latest or the most first, those not counted last. */
                sort?: "posted_at" | "likes" | "comments" | "shares" | "impressions";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            display_name: string | null;
                            external_account_id: string | null;
                            handle: string | null;
                            url: string | null;
                        };
                        as_of: string | null;
                        /** @enum {string} */
                        basis: "activity" | "publication";
                        engagement: {
                            comments: number | null;
                            impressions: number | null;
                            likes: number | null;
                            rate: number | null;
                            series: {
                                /** Format: date-time */
                                at: string;
                                comments: number | null;
                                impressions: number | null;
                                likes: number | null;
                                rate: number | null;
                                shares: number | null;
                            }[];
                            shares: number | null;
                        };
                        followers: {
                            change: number | null;
                            current: number | null;
                            series: {
                                /** Format: date-time */
                                at: string;
                                value: number | null;
                            }[];
                        };
                        next_cursor: string | null;
                        posts: {
                            comments: number | null;
                            id: string;
                            impressions: number | null;
                            likes: number | null;
                            /** Format: date-time */
                            posted_at: string;
                            shares: number | null;
                            text: string | null;
                            url: string | null;
                        }[];
                        previous: {
                            comments: number | null;
                            followers_change: number | null;
                            impressions: number | null;
                            likes: number | null;
                            rate: number | null;
                            shares: number | null;
                        };
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.get_status": {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        health: "disconnected" | "needs_reauth" | "syncing" | "rate_limited" | "error" | "degraded" | "stale" | "healthy";
                        id: string;
                        is_syncing: boolean;
                        last_run: {
                            error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                            finished_at: string | null;
                            id: string;
                            records_written: number;
                            /** Format: date-time */
                            started_at: string;
                            /** @enum {string} */
                            status: "running" | "completed" | "failed" | "partial" | "skipped_locked";
                            streams_done: number;
                            streams_failed: number;
                            streams_total: number;
                        } | null;
                        last_synced_at: string | null;
                        /** @enum {string} */
                        status: "pending" | "connected" | "syncing" | "paused" | "error" | "disconnected";
                    };
                };
            };
            /** @description What you have is what there is. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.list_streams": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        streams: {
                            error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                            last_success_at: string | null;
                            mode: ("full" | "incremental") | null;
                            record_count: number;
                            resumes_at: string | null;
                            /** @enum {string} */
                            status: "never" | "syncing" | "waiting" | "ok" | "failed";
                            stream: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.sync": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connection: {
                            account_label?: string | null;
                            /** @enum {string} */
                            auth_method?: "oauth" | "api_key" | "handle";
                            /** @enum {string} */
                            category?: "crm" | "calls" | "comms" | "docs" | "support" | "social";
                            connector_type: string;
                            /** Format: date-time */
                            created_at?: string;
                            created_by?: {
                                name: string | null;
                                user_id: string;
                            };
                            display_name?: string | null;
                            external_account_id?: string | null;
                            handle?: string | null;
                            /** @enum {string} */
                            health: "disconnected" | "needs_reauth" | "syncing" | "rate_limited" | "error" | "degraded" | "stale" | "healthy";
                            id: string;
                            is_syncing: boolean;
                            last_error?: {
                                /** Format: date-time */
                                at: string;
                                message: string;
                                /** @enum {string} */
                                reason: "auth" | "config" | "rate_limit" | "transient" | "unknown";
                            } | null;
                            last_run?: {
                                error_reason: ("auth" | "config" | "rate_limit" | "transient" | "unknown") | null;
                                finished_at: string | null;
                                id: string;
                                records_written: number;
                                /** Format: date-time */
                                started_at: string;
                                /** @enum {string} */
                                status: "running" | "completed" | "failed" | "partial" | "skipped_locked";
                                streams_done: number;
                                streams_failed: number;
                                streams_total: number;
                            } | null;
                            last_synced_at?: string | null;
                            name?: string;
                            next_sync_at?: string | null;
                            owner_user_id?: string | null;
                            /** @enum {string} */
                            ownership?: "workspace" | "personal";
                            pending_until?: string | null;
                            stale_at?: string | null;
                            /** @enum {string} */
                            status: "pending" | "connected" | "syncing" | "paused" | "error" | "disconnected";
                            /** @enum {string} */
                            sync_interval?: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                        };
                        /** @enum {string} */
                        mode: "sync_started" | "already_syncing";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.list_catalog": {
        parameters: {
            query?: {
                category?: "crm" | "calls" | "comms" | "docs" | "support" | "social";
                kind?: "first_party";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connectors: {
                            /** @enum {string} */
                            auth_method: "oauth" | "api_key" | "handle";
                            /** @enum {string} */
                            category: "crm" | "calls" | "comms" | "docs" | "support" | "social";
                            connectable: boolean;
                            credential: {
                                help: string;
                                help_url: string | null;
                                label: string;
                                placeholder: string;
                            } | null;
                            /** @enum {string} */
                            default_interval: "1m" | "10m" | "30m" | "1h" | "6h" | "1d";
                            description: string;
                            /** @enum {string} */
                            instancing: "single";
                            /** @enum {string} */
                            kind: "first_party";
                            name: string;
                            /** @enum {string} */
                            ownership: "workspace" | "personal";
                            /** @enum {string} */
                            puller_status: "live" | "planned";
                            streams: string[];
                            type: string;
                            unavailable_reason: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "connections.summary": {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what you have. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        by_category: {
                            calls: number;
                            comms: number;
                            crm: number;
                            docs: number;
                            social: number;
                            support: number;
                        };
                        by_health: {
                            degraded: number;
                            disconnected: number;
                            error: number;
                            healthy: number;
                            needs_reauth: number;
                            rate_limited: number;
                            stale: number;
                            syncing: number;
                        };
                        needs_attention: {
                            connector_type: string;
                            /** @enum {string} */
                            health: "disconnected" | "needs_reauth" | "syncing" | "rate_limited" | "error" | "degraded" | "stale" | "healthy";
                            id: string;
                            name: string;
                        }[];
                        total: number;
                    };
                };
            };
            /** @description What you have is what there is. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "me.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        apps: {
                            connections: boolean;
                        };
                        email: string;
                        name: string;
                        platform_role: string | null;
                        /** @enum {string} */
                        role: "viewer" | "editor" | "admin";
                        scopes: string[];
                        surfaces: {
                            /** @enum {string} */
                            connections: "hidden" | "read" | "write";
                        };
                        user_id: string;
                        workspace: {
                            id: string;
                            name: string;
                            slug: string;
                        };
                        workspaces: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "members.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        members: {
                            /** Format: date-time */
                            created_at: string;
                            email: string;
                            name: string;
                            platform_role: ("platform_member" | "engineering" | "superadmin") | null;
                            /** @enum {string} */
                            role: "viewer" | "editor" | "admin";
                            user_id: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "members.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        email: string;
                        name: string;
                        platform_role: ("platform_member" | "engineering" | "superadmin") | null;
                        /** @enum {string} */
                        role: "viewer" | "editor" | "admin";
                        user_id: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "members.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "removed";
                        user_id: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "members.change_role": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        email: string;
                        name: string;
                        platform_role: ("platform_member" | "engineering" | "superadmin") | null;
                        /** @enum {string} */
                        role: "viewer" | "editor" | "admin";
                        user_id: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "operations.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        operations: {
                            access: ("read" | "write") | null;
                            description: string;
                            id: string;
                            /** @description A JSON Schema, 2020-12. */
                            input_schema: Record<string, never>;
                            /** @enum {string} */
                            method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                            /** @description A JSON Schema, 2020-12. */
                            output_schema: Record<string, never>;
                            path: string;
                            required_scopes: string[];
                            surface: string | null;
                            title: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "settings.get_access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connections: {
                            members: {
                                [key: string]: "hidden" | "read" | "write";
                            };
                            roles: {
                                /** @enum {string} */
                                admin: "hidden" | "read" | "write";
                                /** @enum {string} */
                                editor: "hidden" | "read" | "write";
                                /** @enum {string} */
                                viewer: "hidden" | "read" | "write";
                            };
                        } | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "settings.set_access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SurfacePolicyBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        members: {
                            [key: string]: "hidden" | "read" | "write";
                        };
                        roles: {
                            /** @enum {string} */
                            admin: "hidden" | "read" | "write";
                            /** @enum {string} */
                            editor: "hidden" | "read" | "write";
                            /** @enum {string} */
                            viewer: "hidden" | "read" | "write";
                        };
                        /** @enum {string} */
                        surface: "connections";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "settings.clear_access": {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request: for 24 hours a repeat with the same body gets the same answer, and does nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        members: {
                            [key: string]: "hidden" | "read" | "write";
                        };
                        roles: null;
                        /** @enum {string} */
                        surface: "connections";
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["IdempotencyConflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "settings.get_apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connections: {
                            enabled: boolean;
                        };
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
    "settings.set_app": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    traceparent: components["headers"]["Traceparent"];
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        app: "connections";
                        enabled: boolean;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["Timeout"];
        };
    };
}
