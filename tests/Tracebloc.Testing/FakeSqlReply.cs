namespace Tracebloc.Testing;

/// <summary>One answer of a <see cref="FakeMySqlServer"/>.</summary>
public abstract record FakeSqlReply
{
    /// <summary>Rows of text, by the names of their columns.</summary>
    public static FakeSqlReply Row(params string?[] values) =>
        new Rows([.. values.Select((_, index) => $"c{index}")], [values]);

    /// <summary>No rows.</summary>
    public static FakeSqlReply Nothing(params string[] columns) => new Rows(columns is [] ? ["c0"] : columns, []);

    /// <summary>Success.</summary>
    /// <param name="Affected">The rows inserted, changed or deleted.</param>
    /// <param name="Warnings">The number of warnings.</param>
    public sealed record Ok(long Affected = 0, int Warnings = 0) : FakeSqlReply;

    /// <summary>A failure.</summary>
    public sealed record Error(int Number, string Text, string State = "HY000") : FakeSqlReply;

    /// <summary>An answer to a query.</summary>
    public sealed record Rows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Values)
        : FakeSqlReply;

    /// <summary>Asks the client for a file, as in answer to LOAD DATA LOCAL.</summary>
    /// <param name="Name">The file; null: the one that the statement names.</param>
    /// <param name="Then">The answer, given the bytes that came.</param>
    public sealed record AskForFile(string? Name, Func<byte[], FakeSqlReply> Then) : FakeSqlReply;

    /// <summary>Ends the connection without a word.</summary>
    public sealed record Cut : FakeSqlReply;

    /// <summary>Asks for the file of the statement and ends the connection after its first packet.</summary>
    public sealed record CutInStream : FakeSqlReply;
}
