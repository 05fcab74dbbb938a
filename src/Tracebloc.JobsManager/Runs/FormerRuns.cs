using Tracebloc.Database;

namespace Tracebloc.JobsManager.Runs;

/// <summary>The run table of versions before 2, which has the name of this one and other columns.</summary>
internal static class FormerRuns
{
    /// <summary>Gives it another name, with all its rows, if it is there. To be called under a lock.</summary>
    /// <remarks>One statement that the server carries out wholly or not at all.</remarks>
    public static async Task PutAsideAsync(DatabaseSession session, TimeSpan limit, CancellationToken token)
    {
        if (await session.FindAsync(
            new SqlStatement(
                "SELECT SUM(column_name = ?) FROM information_schema.columns "
                + "WHERE table_schema = DATABASE() AND table_name = ?",
                RunSchema.Mark,
                RunSchema.Table)
            { Limit = limit },
            row => row.NumberOrNull(0),
            token) != 0)
            return;
        await session.ExecuteAsync(
            new SqlStatement($"RENAME TABLE {RunSchema.Table} TO {await FreeNameAsync(session, limit, token)}")
            { Limit = limit },
            token);
    }

    // After a way back to a version before 2, and forth again, there are two of them.
    private static async Task<string> FreeNameAsync(DatabaseSession session, TimeSpan limit, CancellationToken token)
    {
        var taken = await session.QueryAsync(
            new SqlStatement(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() "
                + $"AND table_name LIKE '{RunSchema.Former}%'")
            { Limit = limit },
            row => row.Text(0),
            token);
        var number = 1;
        while (taken.Contains(Name(number), StringComparer.OrdinalIgnoreCase)) number++;
        return Name(number);
    }

    private static string Name(int number) => number == 1 ? RunSchema.Former : $"{RunSchema.Former}_{number}";
}
