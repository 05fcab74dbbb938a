using System.Security.Cryptography;
using Tracebloc.Registry;

namespace Tracebloc.Signatures.Models;

/// <summary>
/// The statement that a model consists of certain files: in-toto Statement v1 with the predicate of OpenSSF Model
/// Signing v1.0. The subject's digest is the SHA-256 of the files' digests, in order.
/// </summary>
public sealed partial record ModelStatement
{
    /// <summary>The type of the payload in its envelope.</summary>
    public const string PayloadType = SignedStatement.PayloadType;

    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://model_signing/signature/v1.0";

    private const string StatementType = "https://in-toto.io/Statement/v1";

    private ModelStatement(string name, Digest subject, IReadOnlyList<ModelFile> files) =>
        (Name, Subject, Files) = (name, subject, files);

    /// <summary>The name of the model.</summary>
    public string Name { get; }

    /// <summary>The digest over all files.</summary>
    public Digest Subject { get; }

    /// <summary>The files, by the UTF-8 bytes of their paths.</summary>
    public IReadOnlyList<ModelFile> Files { get; }

    /// <summary>The paths that verifiers pass over, from the model's folder.</summary>
    public IReadOnlyList<string> IgnoredPaths { get; private init; } = [];

    /// <summary>A statement about files.</summary>
    /// <param name="name">The name of the model.</param>
    /// <param name="files">All files, in any order.</param>
    /// <param name="ignoredPaths">The paths that verifiers pass over, the signature's own above all.</param>
    /// <param name="fault">The reason why there is no such statement; null when there is.</param>
    /// <returns>Null for an empty model, a name that leads out of it, or the same name twice.</returns>
    public static ModelStatement? Of(
        string name, IEnumerable<ModelFile> files, IEnumerable<string> ignoredPaths, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(ignoredPaths);
        var sorted = files.ToList();
        fault = name.Length == 0 ? "the model has no name" : FaultOfFiles(sorted);
        if (fault is not null)
            return null;
        sorted.Sort((left, right) => ModelFileOrder.CompareBytes(left.Path, right.Path));
        return new ModelStatement(name, DigestOf(sorted), sorted) { IgnoredPaths = [.. ignoredPaths] };
    }

    /// <summary>The reason why these are not the files of the statement, or null.</summary>
    /// <param name="published">All files that the model has where it was found.</param>
    public string? FaultOf(IEnumerable<ModelFile> published)
    {
        ArgumentNullException.ThrowIfNull(published);
        var unseen = Files.ToDictionary(file => file.Path, file => file.Digest);
        foreach (var file in published)
            if (!unseen.Remove(file.Path, out var signed))
                return $"the file {file.Path} is not in the signed statement";
            else if (signed != file.Digest)
                return $"the file {file.Path} has the digest {file.Digest}, and signed is {signed}";
        return unseen.Count == 0 ? null : $"the signed file {unseen.Keys.First()} is missing";
    }

    private static string? FaultOfFiles(List<ModelFile> files)
    {
        var paths = new HashSet<string>(files.Count);
        foreach (var file in files)
            if (FaultOfPath(file.Path) is { } fault)
                return fault;
            else if (!paths.Add(file.Path))
                return $"the model has the file {file.Path} twice";
            else if (file.Digest.Algorithm != "sha256")
                return $"the file {file.Path} has a digest of {file.Digest.Algorithm}; sha256 is needed";
        return files.Count == 0 ? "the model has no files" : null;
    }

    private static string? FaultOfPath(string path) =>
        path.Length == 0 ? "the model has a file without a name"
        : path.StartsWith('/') ? $"the file name {path} is absolute"
        : path.Contains('\0') ? "a file name holds a zero character"
        : !IsUnicode(path) ? "a file name is not Unicode"
        : path.Split('/').Any(part => part is "" or "." or "..") ? $"the file name {path} leads out of the model"
        : null;

    // Half of a surrogate pair has no UTF-8 form, and two such names would be one.
    private static bool IsUnicode(string path)
    {
        for (var i = 0; i < path.Length; i++)
            if (char.IsSurrogate(path[i]) && !(i + 1 < path.Length && char.IsSurrogatePair(path, i++)))
                return false;
        return true;
    }

    private static Digest DigestOf(IEnumerable<ModelFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(Convert.FromHexString(file.Digest.Hex));
        return Digest.Parse($"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }
}
