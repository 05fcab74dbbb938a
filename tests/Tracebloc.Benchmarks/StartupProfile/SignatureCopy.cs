using System.Reflection.Metadata;

namespace Tracebloc.Benchmarks.StartupProfile;

/// <summary>
/// Copies the signature of a method from its assembly's metadata into a profile's: all of it as it is but the types
/// that it refers to (ECMA-335, II.23.2.1).
/// </summary>
internal ref struct SignatureCopy(MetadataReader from, BlobReader signature, BlobBuilder to, TypeWriter types)
{
    private BlobReader signature = signature;

    public static void Copy(MetadataReader from, MethodDefinition method, BlobBuilder to, TypeWriter types) =>
        new SignatureCopy(from, from.GetBlobReader(method.Signature), to, types).CopyMethod();

    /// <returns>How many parameters a method has.</returns>
    public static int CountParameters(MetadataReader from, MethodDefinition method)
    {
        var signature = from.GetBlobReader(method.Signature);
        if (signature.ReadSignatureHeader().IsGeneric)
            signature.ReadCompressedInteger();
        return signature.ReadCompressedInteger();
    }

    private void CopyMethod()
    {
        var header = new SignatureHeader(CopyByte());
        if (header.IsGeneric)
            CopyNumber();
        for (var left = CopyNumber() + 1; left > 0; left--)
            CopyType();
    }

    private void CopyType()
    {
        switch ((SignatureTypeCode)CopyByte())
        {
            case (SignatureTypeCode)SignatureTypeKind.Class or (SignatureTypeCode)SignatureTypeKind.ValueType:
                CopyReference();
                break;
            case SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier:
                CopyReference();
                CopyType();
                break;
            case SignatureTypeCode.Pointer or SignatureTypeCode.ByReference or SignatureTypeCode.SZArray:
                CopyType();
                break;
            case SignatureTypeCode.GenericTypeParameter or SignatureTypeCode.GenericMethodParameter:
                CopyNumber();
                break;
            case SignatureTypeCode.GenericTypeInstance:
                CopyType();
                for (var left = CopyNumber(); left > 0; left--)
                    CopyType();
                break;
            case SignatureTypeCode.FunctionPointer:
                CopyMethod();
                break;
            case SignatureTypeCode.Array:
                throw new NotSupportedException("an array of several dimensions");
        }
    }

    private void CopyReference() =>
        to.WriteCompressedInteger(types.Translate(from, signature.ReadTypeHandle()));

    private byte CopyByte()
    {
        var value = signature.ReadByte();
        to.WriteByte(value);
        return value;
    }

    private int CopyNumber()
    {
        var value = signature.ReadCompressedInteger();
        to.WriteCompressedInteger(value);
        return value;
    }
}
