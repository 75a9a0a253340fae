# One shape for all parts of src/.
#
# tongban_library(NAME DEPENDS a b LINK libs)   the sources of the current folder (not its core/): target tongban_NAME
# tongban_module(NAME DEPENDS modules LINK libs) a module: a pure core (core/) and the rest; `<noun>.sql` becomes
#                                               `<noun>_sql.h` with constants of type Statement (see sql_constants.cmake)
# Sources and tests are found by pattern, so a new *_test.cc cannot be forgotten: target NAME_test.

function(tongban_sources target folder)
    cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}*.cc)
    file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}*_test.cc)
    if(tests)
        list(REMOVE_ITEM sources ${tests})
    endif()
    if(sources)
        add_library(tongban_${target} STATIC ${sources})
        target_link_libraries(tongban_${target} PUBLIC ${arg_LINK})
    else()
        add_library(tongban_${target} INTERFACE)
        target_link_libraries(tongban_${target} INTERFACE ${arg_LINK})
    endif()
    file(GLOB statements CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}*.sql)
    foreach(file ${statements})
        get_filename_component(noun ${file} NAME_WE)
        set(header ${CMAKE_BINARY_DIR}/generated/sql/${noun}_sql.h)
        add_custom_command(
            OUTPUT ${header}
            COMMAND ${CMAKE_COMMAND} -DIN=${file} -DOUT=${header} -P ${PROJECT_SOURCE_DIR}/cmake/sql_constants.cmake
            DEPENDS ${file} ${PROJECT_SOURCE_DIR}/cmake/sql_constants.cmake)
        set_property(GLOBAL APPEND PROPERTY tongban_sql_headers ${header})
        add_custom_target(${target}_${noun}_sql DEPENDS ${header})
        add_dependencies(tongban_${target} ${target}_${noun}_sql)
    endforeach()
    if(tests AND TONGBAN_TESTS)
        add_executable(${target}_test ${tests})
        target_link_libraries(${target}_test PRIVATE tongban_${target} tongban_testing GTest::gmock GTest::gtest_main)
        add_test(NAME ${target} COMMAND ${target}_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
        set_property(GLOBAL APPEND PROPERTY tongban_test_targets ${target}_test)
    endif()
endfunction()

function(tongban_library name)
    cmake_parse_arguments(arg "" "" "DEPENDS;LINK" ${ARGN})
    list(TRANSFORM arg_DEPENDS PREPEND tongban_)
    tongban_sources(${name} "" LINK ${arg_DEPENDS} ${arg_LINK})
endfunction()

function(tongban_module name)
    cmake_parse_arguments(arg "" "" "DEPENDS;LINK" ${ARGN})
    list(TRANSFORM arg_DEPENDS REPLACE "(.+)" "tongban_\\1_core" OUTPUT_VARIABLE lower_cores)
    tongban_sources(${name}_core core/ LINK tongban_base ${lower_cores})
    tongban_sources(${name} "" LINK tongban_${name}_core ${arg_LINK})
endfunction()
