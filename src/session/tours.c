/* The tours that come with the program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/tours.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/tour.h"

enum { LONGEST_PATH = 4096 };
static const char ending[] = ".sbt";

static void listed_clear(sb_tour_listed *listed)
{
    free(listed->name);
    free(listed->path);
    free(listed->title);
}

void sb_tours_clear(sb_tours *tours)
{
    for (size_t k = 0; k < tours->count; k++) {
        listed_clear(&tours->each[k]);
    }
    free(tours->each);
    *tours = (sb_tours){0};
}

/* ---- one folder ---- */

static bool is_tour(const char *name)
{
    size_t length = strlen(name);
    return length >= sizeof ending && strcmp(name + length + 1 - sizeof ending, ending) == 0;
}

static char *title_of(const char *path)
{
    sb_tour *tour = NULL;
    char *title =
        sb_copy_text(sb_tour_read(path, &tour, NULL) == SB_OK ? tour->title : "(cannot be read)");
    sb_tour_free(tour);
    return title;
}

static sb_status add(sb_tours *tours, const char *folder, const char *name, sb_error *error)
{
    sb_tour_listed *longer = sb_memory_resize(tours->each, (tours->count + 1) * sizeof *longer);
    if (longer == NULL) {
        return sb_out_of_memory(error);
    }
    tours->each = longer;
    char *rest = NULL;
    sb_tour_listed listed = {.number = strtol(name, &rest, 10)};
    rest += *rest == '-' && rest != name ? 1 : 0;
    listed.name = sb_copy_text_part(rest, strlen(rest) + 1 - sizeof ending);
    listed.path = sb_format_text("%s/%s", folder, name);
    listed.title = listed.path == NULL ? NULL : title_of(listed.path);
    if (listed.name == NULL || listed.title == NULL) {
        listed_clear(&listed);
        return sb_out_of_memory(error);
    }
    longer[tours->count++] = listed;
    return SB_OK;
}

static int by_number(const void *left, const void *right)
{
    const sb_tour_listed *one = left;
    const sb_tour_listed *other = right;
    return one->number != other->number ? (one->number > other->number ? 1 : -1)
                                        : strcmp(one->name, other->name);
}

static sb_status list_folder(sb_tours *tours, const char *folder, sb_error *error)
{
    DIR *open = opendir(folder);
    if (open == NULL) {
        return SB_OK;
    }
    sb_status status = SB_OK;
    for (struct dirent *entry = readdir(open); status == SB_OK && entry != NULL;
         entry = readdir(open)) {
        if (is_tour(entry->d_name)) {
            status = add(tours, folder, entry->d_name, error);
        }
    }
    closedir(open);
    if (tours->count > 1) {
        qsort(tours->each, tours->count, sizeof *tours->each, by_number);
    }
    return status;
}

/* ---- where they are ---- */

/* The folder that the running program lies in, without a slash at its end; NULL: not known. */
static char *own_folder(void)
{
    char path[LONGEST_PATH];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) {
        return NULL;
    }
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    return slash == NULL ? NULL : sb_copy_text_part(path, (size_t)(slash - path));
}

/* The k-th place to look, less /demos/tours; NULL: there is none, *more says whether others are. */
static char *place(size_t k, bool *more)
{
    static const char *const fixed[] = {"/usr/local/share/sidebet", "/usr/share/sidebet"};
    *more = k < 5;
    const char *data = getenv("SIDEBET_DATA");
    if (k == 0) {
        return data == NULL || data[0] == '\0' ? NULL : sb_copy_text(data);
    }
    if (k == 1 || k == 2) {
        char *own = own_folder();
        char *found =
            own == NULL ? NULL : sb_format_text("%s/..%s", own, k == 1 ? "/share/sidebet" : "");
        free(own);
        return found;
    }
    return *more ? sb_copy_text(fixed[k - 3]) : NULL;
}

sb_status sb_tours_list(sb_tours *tours, sb_error *error)
{
    *tours = (sb_tours){0};
    sb_status status = SB_OK;
    bool more = true;
    for (size_t k = 0; status == SB_OK && more && tours->count == 0; k++) {
        char *root = place(k, &more);
        char *folder = root == NULL ? NULL : sb_format_text("%s/demos/tours", root);
        if (folder != NULL) {
            status = list_folder(tours, folder, error);
        }
        free(folder);
        free(root);
    }
    if (status != SB_OK) {
        sb_tours_clear(tours);
    }
    return status;
}

/* ---- which ---- */

static const sb_tour_listed *numbered(const sb_tours *tours, const char *word)
{
    char *end = NULL;
    long number = strtol(word, &end, 10);
    for (size_t k = 0; *end == '\0' && end != word && k < tours->count; k++) {
        if (tours->each[k].number == number) {
            return &tours->each[k];
        }
    }
    return NULL;
}

static const sb_tour_listed *named(const sb_tours *tours, const char *word)
{
    const sb_tour_listed *found = NULL;
    size_t count = 0;
    for (size_t k = 0; k < tours->count; k++) {
        if (strcmp(tours->each[k].name, word) == 0) {
            return &tours->each[k];
        }
        if (strncmp(tours->each[k].name, word, strlen(word)) == 0) {
            found = &tours->each[k];
            count++;
        }
    }
    return count == 1 ? found : NULL;
}

char *sb_tours_find(const char *word, sb_error *error)
{
    sb_tours tours;
    char *path = NULL;
    if (strchr(word, '/') != NULL || is_tour(word)) {
        path = sb_copy_text(word);
    } else if (sb_tours_list(&tours, error) != SB_OK) {
        return NULL;
    } else {
        const sb_tour_listed *found = numbered(&tours, word);
        found = found != NULL ? found : named(&tours, word);
        bool none = found == NULL && access(word, F_OK) != 0;
        path = none ? NULL : sb_copy_text(found != NULL ? found->path : word);
        if (none) {
            sb_error_set(error, SB_ERROR_USAGE, "there is no tour and no file `%.200s`", word);
            sb_error_set_hint(error, "%s",
                              tours.count == 0
                                  ? "the tours that come with sidebet are not installed"
                                  : "tour list lists the tours");
        }
        sb_tours_clear(&tours);
        if (none) {
            return NULL;
        }
    }
    if (path == NULL) {
        sb_out_of_memory(error);
    }
    return path;
}
