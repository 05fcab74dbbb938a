namespace Tracebloc.Database;

/// <summary>The ways to load rows.</summary>
public enum LoadMethod
{
    /// <summary>LOAD DATA LOCAL, from a stream of this process.</summary>
    LocalInfile,

    /// <summary>INSERT with many rows.</summary>
    Insert,
}
