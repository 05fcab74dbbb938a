namespace Tracebloc.Configuration;

/// <summary>The type of a single value by YAML's core schema.</summary>
public enum ScalarType
{
    /// <summary>Anything else, and everything in quotes.</summary>
    Text,

    /// <summary>Nothing, <c>~</c> or <c>null</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>An integer or a decimal.</summary>
    Number,
}
