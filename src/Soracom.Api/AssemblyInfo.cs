using System.Runtime.CompilerServices;
using RestEase;

// RestEase implements internal interfaces too, in an assembly that it makes at run time.
[assembly: InternalsVisibleTo(RestClient.FactoryAssemblyName)]
