using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net.Tests;

/// <summary>A chain, and the authorities of the system that it is judged by.</summary>
/// <param name="Expected">True when the chain is trusted.</param>
/// <param name="File">The text of <c>SSL_CERT_FILE</c>.</param>
/// <param name="Chain">The certificates that the server sends, its own first.</param>
internal sealed record TrustCase(bool Expected, string File, params IReadOnlyList<X509Certificate2> Chain)
{
    /// <summary>The files of <c>SSL_CERT_DIR</c>, by path within two folders, <c>a</c> and <c>b</c>.</summary>
    public IReadOnlyDictionary<string, string> Folders { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes the files.</summary>
    /// <returns>The variables that name them.</returns>
    public Dictionary<string, string> Write(string folder)
    {
        var file = Path.Combine(folder, "bundle.crt");
        System.IO.File.WriteAllText(file, File);
        foreach (var name in (string[])["a", "b"])
            Directory.CreateDirectory(Path.Combine(folder, name));
        System.IO.File.CreateSymbolicLink(Path.Combine(folder, "a", "dangling.pem"), "/nonexistent");
        foreach (var (name, text) in Folders)
            System.IO.File.WriteAllText(Path.Combine(folder, name), text);
        return new Dictionary<string, string>
        {
            ["SSL_CERT_FILE"] = File.Length == 0 ? "" : file,
            ["SSL_CERT_DIR"] = $"{folder}/missing:{folder}/a::{folder}/b",
        };
    }
}
