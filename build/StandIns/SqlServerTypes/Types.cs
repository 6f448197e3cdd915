namespace Microsoft.SqlServer.Server;

/// <summary>How a user-defined CLR type is stored. SqlClient names it; the portal has no such types.</summary>
public enum Format
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>By the server's own serialisation.</summary>
    Native = 1,

    /// <summary>By <see cref="IBinarySerialize"/>.</summary>
    UserDefined = 2,
}

/// <summary>Marks a user-defined CLR type. SqlClient looks for it on every parameter's type.</summary>
/// <param name="format">How the type is stored.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    /// <summary>How the type is stored.</summary>
    public Format Format { get; } = format;

    /// <summary>The largest instance in bytes; -1 for no limit.</summary>
    public int MaxByteSize { get; set; }

    /// <summary>Whether every instance has the same length.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Whether the bytes sort like the values.</summary>
    public bool IsByteOrdered { get; set; }

    /// <summary>The name of the method that validates an instance.</summary>
    public string? ValidationMethodName { get; set; }

    /// <summary>The name of the type on the server.</summary>
    public string? Name { get; set; }
}

/// <summary>Thrown by SqlClient for a type that is not a user-defined CLR type.</summary>
public sealed class InvalidUdtException : SystemException
{
    /// <summary>Creates the exception.</summary>
    public InvalidUdtException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public InvalidUdtException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidUdtException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Serialises a user-defined CLR type.</summary>
public interface IBinarySerialize
{
    /// <summary>Reads the instance.</summary>
    /// <param name="r">Where from.</param>
    void Read(BinaryReader r);

    /// <summary>Writes the instance.</summary>
    /// <param name="w">Where to.</param>
    void Write(BinaryWriter w);
}
