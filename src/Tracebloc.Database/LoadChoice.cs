namespace Tracebloc.Database;

/// <summary>The way to load rows into a server, and the reason for it.</summary>
/// <param name="Method">The way.</param>
/// <param name="Reason">The end of a sentence: <c>the server has local_infile=OFF</c>.</param>
public sealed record LoadChoice(LoadMethod Method, string Reason)
{
    // MariaDB, MySQL, and MariaDB since 10.6.
    private static readonly int[] Refusals = [1148, 3948, 4166];

    /// <summary>Chooses by the server's setting.</summary>
    /// <param name="facts">The server.</param>
    /// <param name="wish">The method of the options; null for the faster one that the server allows.</param>
    public static LoadChoice Of(ServerFacts facts, LoadMethod? wish)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return wish is { } method ? new LoadChoice(method, "the settings name this method")
            : facts.LocalInfile ? new LoadChoice(LoadMethod.LocalInfile, "the server has local_infile=ON")
            : new LoadChoice(LoadMethod.Insert, "the server has local_infile=OFF");
    }

    /// <summary>The choice after a failed load: INSERT where LOAD DATA LOCAL was refused; null elsewhere.</summary>
    public LoadChoice? After(DatabaseException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Method == LoadMethod.LocalInfile && Refusals.Contains(failure.Number)
            ? new LoadChoice(LoadMethod.Insert, $"the server refused LOAD DATA LOCAL (error {failure.Number})")
            : null;
    }

    /// <summary>For the log: <c>Loading by INSERT: the server has local_infile=OFF</c>.</summary>
    public override string ToString() =>
        $"Loading by {(Method == LoadMethod.Insert ? "INSERT" : "LOAD DATA LOCAL")}: {Reason}";
}
