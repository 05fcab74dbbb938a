using System.Text;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Members as protobuf names them, where JSON has camelCase.</summary>
internal static class SnakeCase
{
    /// <summary><c>source_pipeline_run</c> of sourcePipelineRun.</summary>
    public static string Of(string camel)
    {
        var text = new StringBuilder();
        foreach (var letter in camel)
            if (char.IsAsciiLetterUpper(letter))
                text.Append('_').Append(char.ToLowerInvariant(letter));
            else
                text.Append(letter);
        return text.ToString();
    }
}
