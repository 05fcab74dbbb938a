namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>Takes the JIT compiler's names apart, from left to right.</summary>
internal sealed class NameReader(string text)
{
    private int position;

    private bool IsAtEnd => position == text.Length;

    public void Skip(char expected)
    {
        if (!Take(expected))
            throw new FormatException($"no {expected} at {position} of {text}");
    }

    public NamedType ReadType()
    {
        var name = ReadName();
        var arguments = ReadArguments();
        var depth = 0;
        while (Take('['))
        {
            Skip(']');
            depth++;
        }
        return new NamedType(name, arguments, depth);
    }

    public IReadOnlyList<NamedType> ReadTypes()
    {
        var types = new List<NamedType>();
        if (!IsAtEnd)
            do
                types.Add(ReadType());
            while (Take(','));
        return types;
    }

    /// <summary>What stands in brackets, if they are not those of an array.</summary>
    public IReadOnlyList<NamedType> ReadArguments()
    {
        if (IsAtEnd || text[position] != '[' || text[position..].StartsWith("[]", StringComparison.Ordinal))
            return [];
        Skip('[');
        var types = ReadTypes();
        Skip(']');
        return types;
    }

    /// <summary>Up to what ends a name; what the compiler of C# puts between angle brackets is part of it.</summary>
    public string ReadName()
    {
        var start = position;
        for (var depth = 0; !IsAtEnd && (depth > 0 || text[position] is not ('[' or ']' or ',' or ':')); position++)
            depth += text[position] switch { '<' => 1, '>' => -1, _ => 0 };
        return text[start..position];
    }

    private bool Take(char expected)
    {
        if (IsAtEnd || text[position] != expected)
            return false;
        position++;
        return true;
    }
}
