#define _POSIX_C_SOURCE 200809L
#include "fetch/state.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { APPLICATION_ID = 0x73697472 /* "sitr" */, VERSION = 1 };

typedef enum query { GET_FEED, PUT_FEED, TAKE, IS_SEEN, DONE, GIVE_UP, N_QUERY } query;

static const char *const queries[N_QUERY] = {
    [GET_FEED] = "SELECT etag, last_modified, failures, wait_until FROM feed WHERE url = ?1",
    [PUT_FEED] = "INSERT OR REPLACE INTO feed (url, etag, last_modified, failures, wait_until) VALUES (?1, "
                 "?2, ?3, ?4, ?5)",
    [TAKE] = "INSERT OR IGNORE INTO temp.taken (key) VALUES (?1)",
    [IS_SEEN] = "SELECT 1 FROM seen WHERE key = ?1",
    [DONE] = "INSERT OR IGNORE INTO seen (key, at) VALUES (?1, ?2)",
    [GIVE_UP] = "DELETE FROM temp.taken WHERE key = ?1",
};

struct state {
    sqlite3 *db;
    sqlite3_stmt *q[N_QUERY];
};

static bool fault(sitrep_error *e, const char *path, const char *what)
{
    *e = (sitrep_error){.code = SITREP_NO_FILE};
    snprintf(e->stage, sizeof e->stage, "watch");
    snprintf(e->where, sizeof e->where, "%s", path);
    snprintf(e->message, sizeof e->message, "%s", what);
    return false;
}

static int pragma(sqlite3 *db, const char *name)
{
    char sql[64];
    sqlite3_stmt *q;
    int value = -1;
    snprintf(sql, sizeof sql, "PRAGMA %s", name);
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) return -1;
    if (sqlite3_step(q) == SQLITE_ROW) value = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    return value;
}

static bool run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* The tables, made where the file is new. */
static const char *settle(sqlite3 *db)
{
    char sql[128];
    sqlite3_busy_timeout(db, 200);
    if (!run(db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; "
                 "BEGIN EXCLUSIVE"))
        return sqlite3_errcode(db) == SQLITE_BUSY ? "is in use by another watch" : sqlite3_errmsg(db);
    int id = pragma(db, "application_id"), version = pragma(db, "user_version");
    bool is_new = id == 0 && version == 0 && pragma(db, "page_count") <= 1;
    if (!is_new && (id != APPLICATION_ID || version != VERSION)) return "is not the state of a watch";
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID,
             VERSION);
    bool ok =
        (!is_new || run(db, sql))
        && run(db,
               "CREATE TABLE IF NOT EXISTS feed (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT,"
               " failures INTEGER NOT NULL, wait_until INTEGER NOT NULL) WITHOUT ROWID;"
               "CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;"
               "COMMIT; CREATE TEMP TABLE taken (key TEXT PRIMARY KEY) WITHOUT ROWID");
    return ok ? NULL : sqlite3_errmsg(db);
}

state *state_open(const char *path, sitrep_error *e)
{
    state *s = calloc(1, sizeof *s);
    if (!s) return fault(e, path, "out of memory"), NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    bool ok = sqlite3_open_v2(path, &s->db, flags, NULL) == SQLITE_OK;
    const char *why = ok ? settle(s->db) : sqlite3_errmsg(s->db);
    for (int i = 0; i < N_QUERY && !why; i++)
        if (sqlite3_prepare_v3(s->db, queries[i], -1, SQLITE_PREPARE_PERSISTENT, &s->q[i], NULL)
            != SQLITE_OK)
            why = sqlite3_errmsg(s->db);
    if (!why) return s;
    fault(e, path, why);
    state_close(s);
    return NULL;
}

void state_close(state *s)
{
    if (!s) return;
    for (int i = 0; i < N_QUERY; i++) sqlite3_finalize(s->q[i]);
    sqlite3_close(s->db);
    free(s);
}

/* ---- feeds ------------------------------------------------------------------------------- */

static char *text_of(sqlite3_stmt *q, int column)
{
    const unsigned char *text = sqlite3_column_text(q, column);
    return text ? strdup((const char *)text) : NULL;
}

void state_feed_get(state *s, const char *url, state_feed *f)
{
    sqlite3_stmt *q = s->q[GET_FEED];
    *f = (state_feed){0};
    sqlite3_bind_text(q, 1, url, -1, SQLITE_STATIC);
    if (sqlite3_step(q) == SQLITE_ROW)
        *f = (state_feed){text_of(q, 0), text_of(q, 1), (unsigned)sqlite3_column_int(q, 2),
                          sqlite3_column_int64(q, 3)};
    sqlite3_reset(q);
}

bool state_feed_put(state *s, const char *url, const state_feed *f)
{
    sqlite3_stmt *q = s->q[PUT_FEED];
    sqlite3_bind_text(q, 1, url, -1, SQLITE_STATIC);
    sqlite3_bind_text(q, 2, f->etag, -1, SQLITE_STATIC);
    sqlite3_bind_text(q, 3, f->last_modified, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 4, f->failures);
    sqlite3_bind_int64(q, 5, f->wait_until);
    bool ok = sqlite3_step(q) == SQLITE_DONE;
    sqlite3_reset(q);
    return ok;
}

void state_feed_release(state_feed *f)
{
    free(f->etag);
    free(f->last_modified);
    *f = (state_feed){0};
}

/* ---- items ------------------------------------------------------------------------------- */

static int step_key(sqlite3_stmt *q, const char *key)
{
    sqlite3_bind_text(q, 1, key, -1, SQLITE_STATIC);
    int result = sqlite3_step(q);
    sqlite3_reset(q);
    return result;
}

bool state_take(state *s, const char *key)
{
    if (step_key(s->q[IS_SEEN], key) == SQLITE_ROW) return false;
    return step_key(s->q[TAKE], key) == SQLITE_DONE && sqlite3_changes(s->db) == 1;
}

void state_give_up(state *s, const char *key)
{
    step_key(s->q[GIVE_UP], key);
}

bool state_done(state *s, char *const *keys, size_t n)
{
    if (!n) return true;
    bool ok = run(s->db, "BEGIN");
    sqlite3_bind_int64(s->q[DONE], 2, (sqlite3_int64)time(NULL));
    for (size_t i = 0; i < n && ok; i++) ok = step_key(s->q[DONE], keys[i]) == SQLITE_DONE;
    ok = ok && run(s->db, "COMMIT");
    if (!ok) run(s->db, "ROLLBACK");
    for (size_t i = 0; i < n; i++) state_give_up(s, keys[i]);
    return ok;
}

void state_key(const char *feed_url, const char *id, char key[65])
{
    bool is_unique = strstr(id, "://") || strncmp(id, "urn:", 4) == 0 || strncmp(id, "tag:", 4) == 0;
    size_t n = strlen(feed_url) + strlen(id) + 2;
    char *both = malloc(n);
    int len = both ? snprintf(both, n, "%s\n%s", is_unique ? "" : feed_url, id) : 0;
    sitrep_sha256(both ? both : id, both ? (size_t)len : strlen(id), key);
    free(both);
}
