namespace Tracebloc.Configuration;

/// <summary>The type of a value without quotes: the core schema of YAML 1.2.2, section 10.3.2.</summary>
internal static class CoreSchema
{
    public static ScalarType TypeOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarType.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarType.Boolean,
        _ => IsNumber(text) ? ScalarType.Number : ScalarType.Text,
    };

    // The schema's integers and decimals; its octal, hexadecimal and infinite forms have no place in a configuration.
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text[0] is '-' or '+') text = text[1..];
        var digits = text.TrimStart("0123456789");
        if (digits.Length == text.Length) return false;
        return digits.IsEmpty || (digits[0] == '.' && digits[1..].TrimStart("0123456789").IsEmpty);
    }
}
