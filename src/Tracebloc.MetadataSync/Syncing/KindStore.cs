using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>The rows of one kind during one term.</summary>
internal sealed record KindStore(Kind Kind, RowWriter Writer, RowDeleter Deleter, RowFinder Finder, SyncErrors Errors)
{
    /// <param name="database">The database.</param>
    /// <param name="schema">The tables; no column that they lack is written.</param>
    /// <param name="term">The term.</param>
    /// <param name="token">Ends the query.</param>
    /// <exception cref="DatabaseException">The query for earlier errors failed.</exception>
    public static async Task<KindStore> OpenAsync(
        StoreDatabase database, KindSchema schema, Term term, CancellationToken token)
    {
        var stored = StoredKind.Of(schema);
        var errors = await SyncErrors.LoadAsync(database, term, schema.Kind, token);
        return new KindStore(
            schema.Kind,
            new RowWriter(database, stored, term, errors),
            new RowDeleter(database, stored, term, errors),
            new RowFinder(database, stored),
            errors);
    }
}
