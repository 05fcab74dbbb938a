using System.Text;

namespace Tracebloc.Registry;

/// <summary>
/// Takes the words of one <c>WWW-Authenticate</c> line apart. The framework's parser leaves the parameters in one
/// piece, and strict ones refuse what registries send: URLs without quotes, spaces around "=", a missing comma.
/// </summary>
internal ref struct ChallengeReader(ReadOnlySpan<char> line)
{
    private ReadOnlySpan<char> _rest = line;

    /// <summary>The next word: a parameter's name when <paramref name="value"/> is set, else a scheme.</summary>
    public bool Read(out ReadOnlySpan<char> word, out string? value)
    {
        _rest = _rest.TrimStart(" \t,=\"");
        word = Take(" \t,=\"");
        _rest = _rest.TrimStart(" \t");
        value = null;
        if (_rest is ['=', ..])
        {
            _rest = _rest[1..].TrimStart(" \t");
            value = _rest is ['"', ..] ? TakeQuoted() : Take(" \t,").ToString();
        }
        return word.Length > 0;
    }

    /// <summary>Passes over what may follow a scheme in place of parameters, as in "Negotiate YII=".</summary>
    public void SkipToken68()
    {
        var end = _rest.IndexOf(',');
        var element = end < 0 ? _rest : _rest[..end];
        if (!element.TrimEnd(" \t").TrimEnd('=').ContainsAny(" \t=\""))
            _rest = _rest[element.Length..];
    }

    private ReadOnlySpan<char> Take(ReadOnlySpan<char> stops)
    {
        var end = _rest.IndexOfAny(stops);
        var taken = end < 0 ? _rest : _rest[..end];
        _rest = _rest[taken.Length..];
        return taken;
    }

    // RFC 9110 section 5.6.4: a backslash stands for the character after it. One that never closes ends with the line.
    private string TakeQuoted()
    {
        var text = new StringBuilder();
        for (var i = 1; i < _rest.Length; i++)
        {
            if (_rest[i] == '"')
            {
                _rest = _rest[(i + 1)..];
                return text.ToString();
            }
            if (_rest[i] == '\\' && i + 1 < _rest.Length)
                i++;
            text.Append(_rest[i]);
        }
        _rest = [];
        return text.ToString();
    }
}
