using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Tracebloc.Ingestion.Validation;

/// <summary>A PASCAL VOC annotation, and the faults that are found while it is read.</summary>
internal sealed class PascalVocDocument(XElement root, Action<int, string> fault)
{
    /// <summary>The elements on the way to a fault are named: <c>object[2]/bndbox/xmin</c>.</summary>
    private const char Separator = '/';

    /// <summary>Bounding boxes of fewer pixels are noted.</summary>
    private const long SmallArea = 10;

    /// <summary>The bounding boxes of few pixels.</summary>
    public int SmallBoxes { get; private set; }

    /// <summary>The objects that are more difficult than the format knows.</summary>
    public int MoreDifficult { get; private set; }

    /// <summary>Checks every element that training reads.</summary>
    public void Check()
    {
        if (root.Name.LocalName != "annotation")
        {
            fault(LineOf(root), $"begins with <{root.Name.LocalName}>, not <annotation>; export PASCAL VOC");
            return;
        }

        Text(root, "", "folder");
        Text(root, "", "filename");
        if (Child(root, "", "source") is { } source)
        {
            Text(source, "source", "database");
            Text(source, "source", "annotation");
        }

        if (Child(root, "", "size") is { } size)
            foreach (var name in new[] { "width", "height", "depth" })
                Number(size, "size", name, least: 1);
        Number(root, "", "segmented", least: 0, most: 1);
        var count = 0;
        foreach (var one in root.Elements("object")) CheckObject(one, $"object[{++count}]");
    }

    private void CheckObject(XElement one, string path)
    {
        Text(one, path, "name");
        Text(one, path, "pose");
        Number(one, path, "truncated", least: 0, most: 1);
        if (Number(one, path, "difficult", least: 0) > 1) MoreDifficult++;
        if (Child(one, path, "bndbox") is not { } box) return;
        path = Join(path, "bndbox");
        var (left, top) = (Number(box, path, "xmin", least: 0), Number(box, path, "ymin", least: 0));
        var (right, bottom) = (Number(box, path, "xmax", least: 0), Number(box, path, "ymax", least: 0));
        if (left >= right) fault(LineOf(box), $"{path}: xmin {left} is not less than xmax {right}; correct the box");
        if (top >= bottom) fault(LineOf(box), $"{path}: ymin {top} is not less than ymax {bottom}; correct the box");
        if (left < right && top < bottom && (right - left) * (bottom - top) < SmallArea) SmallBoxes++;
    }

    private XElement? Child(XElement parent, string path, string name)
    {
        var child = parent.Element(name);
        if (child is null) fault(LineOf(parent), $"{Join(path, name)} is missing; add it, as PASCAL VOC defines it");
        return child;
    }

    private void Text(XElement parent, string path, string name)
    {
        if (Child(parent, path, name) is { } child && string.IsNullOrWhiteSpace(child.Value))
            fault(LineOf(child), $"{Join(path, name)} is empty; write its value");
    }

    private long? Number(XElement parent, string path, string name, long least, long most = int.MaxValue)
    {
        if (Child(parent, path, name) is not { } child) return null;
        var text = child.Value.Trim();
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        var range = most == int.MaxValue ? $"a whole number of at least {least}" : $"{least} or {most}";
        fault(LineOf(child), $"{Join(path, name)} is \"{Net.Line.Of(text, 40)}\"; write {range}");
        return null;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : path + Separator + name;

    private static int LineOf(XElement element) => ((IXmlLineInfo)element).LineNumber;
}
