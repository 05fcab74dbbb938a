using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Store;

/// <summary>An object that could not be stored.</summary>
internal sealed record ErrorSubject(string Uid, string Namespace, string Name, ulong Version)
{
    public static ErrorSubject Of(SyncedObject rejected) =>
        new(rejected.Uid, rejected.Namespace, rejected.Name, rejected.Version);

    /// <summary>One without a uid goes by its name.</summary>
    public static ErrorSubject Of(ObjectFault fault) => new(
        fault.Uid.Length > 0 ? fault.Uid : $"{fault.Namespace}/{fault.Name}",
        fault.Namespace, fault.Name, fault.Version);
}
