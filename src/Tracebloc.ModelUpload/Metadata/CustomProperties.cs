namespace Tracebloc.ModelUpload.Metadata;

/// <summary>Custom properties by name.</summary>
internal static class CustomProperties
{
    public static IReadOnlyDictionary<string, PropertyValue> None { get; } =
        new Dictionary<string, PropertyValue>();
}
