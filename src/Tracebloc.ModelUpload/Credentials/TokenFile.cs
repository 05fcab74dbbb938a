namespace Tracebloc.ModelUpload.Credentials;

/// <summary>A file that holds one token.</summary>
internal static class TokenFile
{
    public const string OfServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private const int MaxBytes = 64 * 1024;

    /// <summary>The token without blanks around it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="files">Reads it.</param>
    /// <param name="isAbsent">True where there is no file.</param>
    /// <param name="fault">The end of a sentence that begins with the path.</param>
    public static string? Read(string path, IInputFiles files, out bool isAbsent, out string? fault)
    {
        var file = files.Read(path, MaxBytes);
        isAbsent = file.IsAbsent;
        var token = file.Text.Trim();
        fault = file.IsAbsent ? "does not exist; check the path and that it is mounted"
            : file.Fault
                ?? (token.Length == 0 ? "is empty; write a token to it"
                : token.AsSpan().ContainsAnyExceptInRange('!', '~')
                    ? "is no token: it has blanks or non-ASCII text in it"
                : null);
        return fault is null ? token : null;
    }
}
