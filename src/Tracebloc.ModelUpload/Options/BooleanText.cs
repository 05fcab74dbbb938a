namespace Tracebloc.ModelUpload.Options;

/// <summary>Booleans in the spellings of argparse's str2bool and of pydantic, in any case of letters.</summary>
internal static class BooleanText
{
    private static readonly string[] Yes = ["yes", "y", "true", "t", "1", "on"];
    private static readonly string[] No = ["no", "n", "false", "f", "0", "off"];

    public static bool TryParse(string text, out bool value)
    {
        value = Yes.Contains(text, StringComparer.OrdinalIgnoreCase);
        return value || No.Contains(text, StringComparer.OrdinalIgnoreCase);
    }
}
