namespace Tracebloc.MetadataSync.Objects;

/// <summary>The words by which the platform and this program mark objects.</summary>
internal static class Marks
{
    /// <summary>The finalizer that holds an object until its deletion is stored.</summary>
    public const string Finalizer = "michelangelo/Ingester";

    /// <summary>The annotation that asks for a deletion; only <see cref="True"/> counts.</summary>
    public const string Deleting = "michelangelo/Deleting";

    /// <summary>The annotation of finished objects, which are to be in MySQL only; <see cref="True"/> counts.</summary>
    public const string Immutable = "michelangelo/Immutable";

    public const string True = "true";
}
