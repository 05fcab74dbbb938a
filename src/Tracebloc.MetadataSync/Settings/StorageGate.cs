namespace Tracebloc.MetadataSync.Settings;

/// <summary>The two gates as one: metadata storage is switched on, and MySQL is described.</summary>
internal abstract record StorageGate
{
    private StorageGate()
    {
    }

    /// <summary>Nothing is mirrored.</summary>
    /// <param name="Reason">For the log: <c>mysql is not configured</c>.</param>
    public sealed record Disabled(string Reason) : StorageGate;

    /// <summary>Objects are mirrored.</summary>
    public sealed record Enabled(MySqlSettings MySql) : StorageGate;
}
