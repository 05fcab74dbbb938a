using System.Globalization;
using System.Text;

namespace Tracebloc.Net;

/// <summary>Foreign text with its control characters made visible, on one line.</summary>
public static class Escaped
{
    /// <summary>
    /// The text with its control characters as YAML and JSON escape them, <c>\n</c> and <c>\u001b</c>: they are what is
    /// wrong with it more often than not, and so they can be seen.
    /// </summary>
    public static string Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '\n' or '\r' or '\t')
                line.Append('\\').Append(character switch { '\n' => 'n', '\r' => 'r', _ => 't' });
            else if (char.IsControl(character) || character is '\u2028' or '\u2029')
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                line.Append(character);
        }

        return line.ToString();
    }
}
