namespace Tracebloc.Registry;

// Each returns the error of one part with the remedy, or null. None repeats the whole text, which may be a URL that
// was pasted with a password in it.
internal static partial class ImageReferenceParser
{
    private static string? CharacterFault(string text)
    {
        foreach (var c in text)
        {
            if (c is '\n' or '\r')
                return "the image reference has a line break in it; remove it";
            if (char.IsWhiteSpace(c))
                return "the image reference has white space in it; remove it";
            if (c is < '!' or > '~')
                return $"the image reference has the character U+{(int)c:X4} in it; only printable ASCII is allowed";
        }
        return null;
    }

    // distribution/reference refuses 64 digits alone as an image ID, and its ParseAnyReference takes "sha256:…" alone
    // for one too; a repository "sha256" with a tag of 64 digits could only be a mistake.
    private static string? KindFault(string text)
    {
        if (text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
            return $"the image reference has a scheme (\"{text[..scheme]}://\"); write it without, such as {Example}";
        if (text.Length == 64 && text.AsSpan().All(char.IsAsciiHexDigitLower))
            return $"64 hexadecimal digits are an image ID, not a reference; write the image's name, such as {Example}";
        return text[0] == '@' || Digest.TryParse(text, out _)
            ? "the image reference is a digest without a repository; write repository@digest"
            : null;
    }

    private static string? PathFault(string path)
    {
        if (path.Length == 0)
            return $"the image reference names no repository; write one such as {Example}";
        if (path.AsSpan().ContainsAnyInRange('A', 'Z'))
            return $"the repository \"{path}\" has upper-case letters; write it in lower case (a tag may keep them)";
        if (path.Length > 255)
            return $"the repository's path has {path.Length} characters; 255 are allowed";
        foreach (var range in path.AsSpan().Split('/'))
            if (!IsPathComponent(path.AsSpan(range)))
                return $"\"{path[range]}\" is not a part of a repository's path; use lower-case letters and digits, "
                    + "separated by one \".\", one or two \"_\", or any number of \"-\"";
        return null;
    }

    private static bool IsPathComponent(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !IsAlphanumeric(text[0]) || !IsAlphanumeric(text[^1]))
            return false;
        for (var start = 0; start < text.Length; start++)
        {
            var end = start;
            while (!IsAlphanumeric(text[end]))
                end++;
            var separator = text[start..end];
            if (separator is not ("" or "." or "_" or "__") && !separator.All(c => c == '-'))
                return false;
            start = end;
        }
        return true;
    }

    private static bool IsAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);

    private static string? TagFault(string? tag)
    {
        if (tag is null)
            return null;
        if (tag.Length is 0 or > 128)
            return $"the tag has {tag.Length} characters; 1 to 128 are allowed";
        if (tag[0] is '.' or '-')
            return $"the tag \"{tag}\" starts with \"{tag[0]}\"; start it with a letter, a digit or \"_\"";
        return tag.AsSpan().All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? null
            : $"the tag \"{tag}\" has more than letters, digits, \".\", \"-\" and \"_\" in it; remove the rest";
    }
}
