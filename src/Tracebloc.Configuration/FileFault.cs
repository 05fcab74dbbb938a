namespace Tracebloc.Configuration;

/// <summary>Why a file could not be read, in words that lead to the remedy.</summary>
public static class FileFault
{
    /// <summary>Says what is wrong with a path that the system refused.</summary>
    public static string Describe(string path, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            _ when Directory.Exists(path) => "is a directory; name the file in it",
            FileNotFoundException or DirectoryNotFoundException =>
                "does not exist; check the path and that it is mounted",
            UnauthorizedAccessException => "may not be read by this user; check the file's mode and owner",
            _ => $"cannot be read: {exception.Message}",
        };
    }
}
