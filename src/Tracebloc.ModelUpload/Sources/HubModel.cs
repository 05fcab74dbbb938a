using System.Diagnostics.CodeAnalysis;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A model repository of the Hugging Face hub.</summary>
/// <param name="Repository"><c>owner/model</c>, or <c>gpt2</c> of the hub's first years.</param>
/// <param name="Revision">A branch, a tag, a commit or <c>refs/pr/1</c>.</param>
internal sealed record HubModel(string Repository, string Revision)
{
    private const string Scheme = "hf://";

    // huggingface_hub's rule for repository names (validate_repo_id).
    private const int LongestRepository = 96;

    // git-check-ref-format(1), as far as it keeps an address in shape; an @ would hide a password.
    private const string NotInRevisions = " ~^:?*[\\@";

    /// <summary>The revision where the address gives none.</summary>
    public const string DefaultRevision = "main";

    /// <summary>Reads <c>hf://owner/model[:revision]</c>; else the fault completes "The address … ".</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out HubModel? model, [NotNullWhen(false)] out string? fault)
    {
        model = null;
        fault = "is not hf://owner/model or hf://owner/model:revision";
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = text[Scheme.Length..];
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var repository = colon < 0 ? rest : rest[..colon];
        var revision = colon < 0 ? DefaultRevision : rest[(colon + 1)..];
        if (!IsRepository(repository))
            return false;
        if (!IsRevision(revision))
            fault = "has no revision behind its colon, or one that Git does not take";
        else
            (model, fault) = (new HubModel(repository, revision), null);
        return model is not null;
    }

    /// <summary>True for the name of a repository.</summary>
    public static bool IsRepository(string text) =>
        text.Length is > 0 and <= LongestRepository
        && text.Split('/') is { Length: <= 2 } parts && Array.TrueForAll(parts, IsPart);

    /// <summary>The address as people write it.</summary>
    public override string ToString() =>
        Scheme + Repository + (Revision == DefaultRevision ? "" : $":{Revision}");

    private static bool IsPart(string part) =>
        part.Length > 0
        && part.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
        && !part.Contains("..", StringComparison.Ordinal) && !part.Contains("--", StringComparison.Ordinal)
        && part[0] is not ('-' or '.') && part[^1] is not ('-' or '.');

    private static bool IsRevision(string text) =>
        text.Length > 0 && !text.Contains("..", StringComparison.Ordinal)
        && Line.Whole(text) == text && !text.Any(each => NotInRevisions.Contains(each, StringComparison.Ordinal))
        && !text.StartsWith('/') && !text.EndsWith('/');
}
