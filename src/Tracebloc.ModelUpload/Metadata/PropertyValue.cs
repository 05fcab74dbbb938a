namespace Tracebloc.ModelUpload.Metadata;

/// <summary>The value of a custom property, of a type that the Model Registry takes.</summary>
internal abstract record PropertyValue
{
    private PropertyValue()
    {
    }

    /// <summary>A MetadataStringValue.</summary>
    public sealed record Text(string Value) : PropertyValue;

    /// <summary>A MetadataBoolValue.</summary>
    public sealed record Flag(bool Value) : PropertyValue;

    /// <summary>A MetadataIntValue: from -999,999,999 to 999,999,999 by the registry's pattern.</summary>
    public sealed record Whole(int Value) : PropertyValue;

    /// <summary>A MetadataDoubleValue, finite.</summary>
    public sealed record Fraction(double Value) : PropertyValue;
}
