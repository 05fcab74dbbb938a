namespace Tracebloc.Database;

/// <summary>The two servers.</summary>
public enum ServerKind
{
    /// <summary>MySQL, or a server that is made of it.</summary>
    MySql,

    /// <summary>MariaDB.</summary>
    MariaDb,
}
