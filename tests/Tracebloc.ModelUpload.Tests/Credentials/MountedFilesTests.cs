using System.Text;
using Tracebloc.ModelUpload.Credentials;

namespace Tracebloc.ModelUpload.Tests.Credentials;

public sealed class MountedFilesTests : IDisposable
{
    private const int Most = 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("model-upload-files-");
    private readonly MountedFiles _files = new(null);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_Secret_is_read_through_the_links_of_the_kubelet()
    {
        Directory.CreateDirectory(Of("..2026_12_01"));
        File.WriteAllText(Of("..2026_12_01/AWS_REGION"), "eu\n");
        File.CreateSymbolicLink(Of("..data"), "..2026_12_01");
        File.CreateSymbolicLink(Of("AWS_REGION"), "..data/AWS_REGION");
        Directory.CreateDirectory(Of("sub"));

        Assert.Equal(["AWS_REGION"], _files.List(_folder.FullName).Names);
        Assert.Equal("eu\n", _files.Read(Of("AWS_REGION"), Most).Text);
    }

    [Fact]
    public void An_absent_file_or_folder_is_no_fault()
    {
        Assert.True(_files.Read(Of("none"), Most).IsAbsent);
        Assert.True(_files.Read(Of("none/none"), Most).IsAbsent);
        Assert.Equal(InputFolder.Absent, _files.List(Of("none")));
    }

    [Fact]
    public void A_folder_is_no_file_and_a_file_is_no_folder()
    {
        File.WriteAllText(Of("file"), "");
        Assert.Equal("is a directory; name the file in it", _files.Read(_folder.FullName, Most).Fault);
        Assert.Equal("is a file; name the folder that it is in", _files.List(Of("file")).Fault);
    }

    [Fact]
    public void A_pipe_is_never_waited_for() =>
        Assert.StartsWith("cannot be read: ", _files.Read("/dev/zero", Most).Fault);

    [Fact]
    public void A_file_is_read_up_to_its_limit()
    {
        File.WriteAllText(Of("file"), new string('x', Most));
        Assert.Equal(Most, _files.Read(Of("file"), Most).Text.Length);
        Assert.Equal(
            "is longer than 1023 bytes; check that it is the right file", _files.Read(Of("file"), Most - 1).Fault);
    }

    [Fact]
    public void A_byte_order_mark_is_no_text()
    {
        File.WriteAllText(Of("file"), "key", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("key", _files.Read(Of("file"), Most).Text);
    }

    [Fact]
    public void A_tilde_is_the_home_folder()
    {
        File.WriteAllText(Of("file"), "key");
        Assert.Equal("key", new MountedFiles(_folder.FullName).Read("~/file", Most).Text);
        Assert.Equal(["file"], new MountedFiles(_folder.FullName).List("~").Names);
    }

    private string Of(string name) => Path.Combine(_folder.FullName, name);
}
