using System.Globalization;
using MySqlConnector;

namespace Tracebloc.Database;

/// <summary>Loads by LOAD DATA LOCAL, whose data comes from memory.</summary>
internal sealed class LocalInfileLoader(DatabaseSession session, LoadTarget target, DatabaseRetry retry)
    : ChunkLoader(session, target, retry)
{
    private protected override async Task<ChunkResult> SendAsync(EncodedChunk chunk, CancellationToken token)
    {
        try
        {
            var affected = await StreamAsync(chunk, token);
            var (count, first) = await WarningsAsync(0, token);
            return new ChunkResult(affected, count, first);
        }
        catch (DatabaseException rejected) when (ServerWarning.Of(rejected, 0) is { } fault)
        {
            return new ChunkResult(0, 1, [fault]);
        }
    }

    private async Task<long> StreamAsync(EncodedChunk chunk, CancellationToken token)
    {
        await using var stream = chunk.Open();
        var load = new MySqlBulkLoader(Session.Connection)
        {
            Local = true,
            SourceStream = stream,
            TableName = SqlName.Quote(Target.Table),
            CharacterSet = "utf8mb4",
            FieldTerminator = "\t",
            EscapeCharacter = '\\',
            LineTerminator = "\n",
            Timeout = (int)Limit.TotalSeconds,
        };
        load.Columns.AddRange(Target.Columns.Select(SqlName.Quote));
        load.Expressions.AddRange(Target.Constants.Select(one =>
            string.Create(CultureInfo.InvariantCulture, $"{SqlName.Quote(one.Key)}={SqlLiteral.Of(one.Value)}")));
        try
        {
            return await load.LoadAsync(token);
        }
        catch (Exception failed) when (DatabaseErrors.IsExpected(failed))
        {
            token.ThrowIfCancellationRequested();
            throw DatabaseErrors.Of(failed, Session.Address);
        }
    }
}
