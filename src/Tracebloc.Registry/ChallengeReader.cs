using System.Text;

namespace Tracebloc.Registry;

/// <summary>
/// Takes the words of one <c>WWW-Authenticate</c> line apart. The framework's parser leaves the parameters in one
/// piece, and strict ones refuse what registries send: URLs without quotes, spaces around "=", a missing comma.
/// No character is looked at more than twice, so that the work grows as the line does.
/// </summary>
internal ref struct ChallengeReader(ReadOnlySpan<char> line)
{
    private ReadOnlySpan<char> _rest = line;

    /// <summary>The characters that were looked at so far, each as often as it was.</summary>
    public int Steps { get; private set; }

    /// <summary>The next word: a parameter's name when <paramref name="value"/> is set, else a scheme.</summary>
    public bool Read(out ReadOnlySpan<char> word, out string? value)
    {
        Skip(" \t,=\"");
        word = Take(" \t,=\"");
        Skip(" \t");
        value = null;
        if (_rest is ['=', ..])
        {
            _rest = _rest[1..];
            Skip(" \t");
            value = _rest is ['"', ..] ? TakeQuoted() : Take(" \t,").ToString();
        }
        return word.Length > 0;
    }

    /// <summary>Passes over what may follow a scheme in place of parameters, as in "Negotiate YII=".</summary>
    public void SkipToken68()
    {
        var end = EndOf(_rest.IndexOfAny(" \t=\","), 0);
        end = EndOf(_rest[end..].IndexOfAnyExcept('='), end);
        end = EndOf(_rest[end..].IndexOfAnyExcept(' ', '\t'), end);
        Steps += end;
        if (end == _rest.Length || _rest[end] == ',')
            _rest = _rest[end..];
    }

    private readonly int EndOf(int found, int start) => found < 0 ? _rest.Length : start + found;

    private void Skip(ReadOnlySpan<char> skipped) => Pass(EndOf(_rest.IndexOfAnyExcept(skipped), 0));

    private void Pass(int count)
    {
        _rest = _rest[count..];
        Steps += count;
    }

    private ReadOnlySpan<char> Take(ReadOnlySpan<char> stops)
    {
        var taken = _rest[..EndOf(_rest.IndexOfAny(stops), 0)];
        Pass(taken.Length);
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
                Pass(i + 1);
                return text.ToString();
            }
            if (_rest[i] == '\\' && i + 1 < _rest.Length)
                i++;
            text.Append(_rest[i]);
        }
        Pass(_rest.Length);
        return text.ToString();
    }
}
