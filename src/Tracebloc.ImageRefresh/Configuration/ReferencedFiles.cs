using Tracebloc.Configuration;
using Tracebloc.Net;
using Tracebloc.Net.Files;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>Reads paths of files; relative ones are beside the configuration, as in a kubeconfig.</summary>
/// <param name="directory">The configuration's own.</param>
internal sealed class ReferencedFiles(string directory)
{
    /// <summary>A file of certificates, under the key <c>caFile</c>.</summary>
    public string? ReadCertificates(ConfigurationReader section)
    {
        var path = Read(section, "caFile");
        if (path is null || !File.Exists(path)) return path;
        try
        {
            if (PemCertificates.FaultOf(File.ReadAllBytes(path)) is { } fault)
                section.Refuse("caFile", $"{path} holds {fault}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            section.Refuse("caFile", $"{path} {FileFault.Describe(path, exception)}");
        }

        return path;
    }

    /// <summary>The path of a file that has to be there; null where the key is absent or holds no path.</summary>
    public string? Read(ConfigurationReader section, string key)
    {
        if (ReadPath(section, key) is not { } path) return null;
        if (!File.Exists(path)) section.Refuse(key, $"{path} {FileFault.Describe(path, new FileNotFoundException())}");
        return path;
    }

    /// <summary>The path of a file that need not be there; null where the key is absent or holds no path.</summary>
    public string? ReadPath(ConfigurationReader section, string key)
    {
        if (section.Text(key) is not { } text) return null;
        if (!text.Contains('\0')) return UserPath.Resolve(Path.Combine(directory, text));
        section.Refuse(key, "holds a NUL (\\0), which no path can; write it without");
        return null;
    }
}
