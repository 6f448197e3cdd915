using System.Reflection;
using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Tests.Contract;

/// <summary>The methods of the client's areas, each of which is an operation of the vendor's.</summary>
internal static class ClientMethods
{
    public static IReadOnlyList<Type> Areas { get; } =
    [
        .. typeof(ISoracomClient).Assembly.GetTypes()
            .Where(type => type.IsInterface && type.GetMethods().Any(method => method.GetCustomAttribute<RequestAttribute>() is not null)),
    ];

    public static IReadOnlyList<MethodInfo> All { get; } = [.. Areas.SelectMany(area => area.GetMethods())];

    /// <summary>What a method answers with; void for nothing.</summary>
    public static Type AnswerOf(MethodInfo method) => method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : typeof(void);

    public static string OperationOf(MethodInfo method) => method.GetCustomAttribute<SoracomOperationAttribute>()?.Id ?? "";
}
