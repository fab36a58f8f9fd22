// The typed layer over the store: what a thing is made of, as puts and deletes of a WriteBatch, and the way back from a
// Snapshot. One header a kind of thing; whoever needs most of them includes this one.
//
// All of them: nothing here decides anything, checks a limit or knows time. A Put… writes the record and every index entry
// that repeats it; the Delete… of the same record removes them all. Bytes that do not read back are DataLoss naming the
// family and the key in hex; a record of a newer version is FailedPrecondition. Scans stop at the first error, also the
// visitor's own, and return it; what a visitor is handed is valid during that call only.
#ifndef STAFFROOM_STORAGE_RECORD_IO_H_
#define STAFFROOM_STORAGE_RECORD_IO_H_

#include "storage/erasure_io.h"      // IWYU pragma: export
#include "storage/idempotency_io.h"  // IWYU pragma: export
#include "storage/interaction_io.h"  // IWYU pragma: export
#include "storage/item_io.h"         // IWYU pragma: export
#include "storage/meta_io.h"         // IWYU pragma: export
#include "storage/operation_io.h"    // IWYU pragma: export
#include "storage/vector_io.h"       // IWYU pragma: export

#endif  // STAFFROOM_STORAGE_RECORD_IO_H_
