namespace Tracebloc.ModelUpload.Credentials;

/// <summary>The files that options name: Secrets and ConfigMaps as the kubelet mounts them.</summary>
internal interface IInputFiles
{
    /// <summary>Reads a file; links are followed, as the kubelet's keys are links.</summary>
    InputFile Read(string path, int maxBytes);

    /// <summary>Lists the files of a folder.</summary>
    InputFolder List(string path);
}
